// The questions that Attlas was made for: each is one click from its answer.
import { useContextOfPage } from "../../app/context";
import { Link } from "../../shared/Link";
import { Title } from "../../shared/Title";
import { groups } from "./list";
import type { Question } from "./list";
import "./questions.css";

export default function Questions() {
  const { href } = useContextOfPage();
  const addressOf = (question: Question): string =>
    question.path ? href(question.path, question.values) : href(`/questions/${question.number}`);
  return (
    <>
      <Title
        window="Questions"
        lead="Each opens with an example; choose another state, instrument or date there."
      >
        Questions
      </Title>
      <div className="questions">
        {groups.map((group) => (
          <section key={group.title} aria-labelledby={`group-${group.questions[0]?.number}`}>
            <h2 id={`group-${group.questions[0]?.number}`}>{group.title}</h2>
            <ol start={group.questions[0]?.number}>
              {group.questions.map((question) => (
                <li key={question.number} value={question.number}>
                  <Link to={addressOf(question)}>{question.text}</Link>
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
    </>
  );
}
