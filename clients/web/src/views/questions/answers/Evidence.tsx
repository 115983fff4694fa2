// Question 5.
import { ConcernAnswers } from "./ConcernAnswers";

export default function Evidence() {
  return <ConcernAnswers concern="ch-phl-paperwork" first="publications" />;
}
