// One question with its answer.
import { Suspense, lazy } from "react";
import type { ComponentType } from "react";

import { useContextOfPage } from "../../app/context";
import { NotHere } from "../../app/NotHere";
import type { ViewProps } from "../../app/registry";
import { Waiting } from "../../shared/AnswerState";
import { Link } from "../../shared/Link";
import { Title } from "../../shared/Title";
import { questions } from "../questions/list";

const answers = new Map<number, ComponentType>(
  questions.flatMap(({ number, load }) => (load ? [[number, lazy(load)] as const] : [])),
);

export default function Question({ params }: ViewProps) {
  const { href } = useContextOfPage();
  const question = questions.find((one) => String(one.number) === params.number);
  if (!question) return <NotHere />;
  const Answer = answers.get(question.number);
  return (
    <>
      <Title window={`Question ${question.number}`}>{question.text}</Title>
      <p className="no-print">
        <Link to={href("/questions")}>All questions</Link>
        {question.path && (
          <>
            {" · "}
            <Link to={href(question.path, question.values)}>Open the view that answers it</Link>
          </>
        )}
      </p>
      {Answer && (
        <Suspense fallback={<Waiting lines={12} />}>
          <Answer />
        </Suspense>
      )}
    </>
  );
}
