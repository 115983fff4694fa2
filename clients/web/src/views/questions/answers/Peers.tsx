// Question 8.
import { ConcernAnswers } from "./ConcernAnswers";

export default function Peers() {
  return <ConcernAnswers concern="ch-ind-contracts" first="peers" sameTheme />;
}
