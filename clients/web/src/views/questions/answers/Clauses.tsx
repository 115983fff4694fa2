// Question 7.
import { ConcernAnswers } from "./ConcernAnswers";

export default function Clauses() {
  return <ConcernAnswers concern="ch-ind-nonstate" first="clauses" />;
}
