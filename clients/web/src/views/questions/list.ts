// The 25 questions, and where each is answered: in a view, or on a page of its own by one RPC.
import type { ComponentType } from "react";

import type { Changes } from "../../app/context";

export interface Question {
  number: number;
  text: string;
  // The view that answers it.
  path?: string;
  // What is chosen there.
  values?: Changes;
  // The answer on a page of its own.
  load?: () => Promise<{ default: ComponentType }>;
}

export interface QuestionGroup {
  title: string;
  questions: readonly Question[];
}

export const groups: readonly QuestionGroup[] = [
  {
    title: "What a state already has",
    questions: [
      {
        number: 1,
        text: "Which synergies link a state that is not in the ATT to instruments that it already applies?",
        path: "/states/IDN",
        values: { target: "att" },
      },
      {
        number: 2,
        text: "Which duties of the ATT would be new?",
        path: "/what-if",
        values: { state: "IDN", target: "att", act: ["join:att"] },
      },
      {
        number: 3,
        text: "Which ministries and agencies hold the roles that implementing the ATT needs, and which are missing?",
        load: () => import("./answers/Roles"),
      },
      {
        number: 4,
        text: "Which agencies already cooperate under another instrument?",
        load: () => import("./answers/Cooperation"),
      },
    ],
  },
  {
    title: "Concerns and evidence",
    questions: [
      {
        number: 5,
        text: "Which evidence addresses a concern that a state voices?",
        load: () => import("./answers/Evidence"),
      },
      {
        number: 6,
        text: "Which concerns have no evidence yet?",
        load: () => import("./answers/Unanswered"),
      },
      {
        number: 7,
        text: "Which treaty clause answers a concern?",
        load: () => import("./answers/Clauses"),
      },
      {
        number: 8,
        text: "Who else held a concern of this kind and joined anyway?",
        load: () => import("./answers/Peers"),
      },
      {
        number: 9,
        text: "Which states share the concerns of a state, so that a joint workshop makes sense?",
        load: () => import("./answers/SharedConcerns"),
      },
    ],
  },
  {
    title: "Who reaches whom",
    questions: [
      {
        number: 10,
        text: "Which events and organizations reach a state, and which states has nobody reached?",
        load: () => import("./answers/Reach"),
      },
      {
        number: 11,
        text: "Who works on the same theme in the same state, so that work is not done twice?",
        load: () => import("./answers/Duplication"),
      },
      {
        number: 12,
        text: "Which parties give the shortest bridge between a non-party and an instrument?",
        path: "/bridges",
        values: { state: "IDN", target: "att" },
      },
      {
        number: 13,
        text: "Which share of a regional body's members are parties or signatories?",
        load: () => import("./answers/Share"),
      },
      {
        number: 14,
        text: "Which police and customs networks connect a state with its neighbours?",
        load: () => import("./answers/Networks"),
      },
    ],
  },
  {
    title: "Reports and transfers",
    questions: [
      {
        number: 15,
        text: "Which parties did not report, reported late or privately?",
        load: () => import("./answers/Reporting"),
      },
      {
        number: 16,
        text: "Can one collection of data serve several duties to report?",
        load: () => import("./answers/SharedReporting"),
      },
      {
        number: 17,
        text: "Which importers outside the ATT buy from exporters that are parties?",
        path: "/transfers",
        values: { show: "exposure", target: "att", region: "all" },
      },
      {
        number: 18,
        text: "How do '3 of 25' and '11 of 40' come about, and are they still true?",
        path: "/transfers",
        values: { show: "count", region: "canada-indo-pacific-strategy-40" },
      },
      {
        number: 19,
        text: "Who supplies a state in conflict or under measures, and which suppliers are parties?",
        path: "/transfers",
        values: { show: "suppliers", state: "MMR" },
      },
    ],
  },
  {
    title: "Roles, assistance and decisions",
    questions: [
      {
        number: 20,
        text: "Which states must enforce the measures on the DPRK at their borders, and who holds those roles?",
        load: () => import("./answers/BorderRoles"),
      },
      {
        number: 21,
        text: "Which gender ministries are linked to arms-control work, and which never appear?",
        load: () => import("./answers/GenderAgencies"),
      },
      {
        number: 22,
        text: "Who could pay for or assist a given need?",
        load: () => import("./answers/Assistance"),
      },
      {
        number: 23,
        text: "Which signatories are closest to ratification?",
        load: () => import("./answers/Candidates"),
      },
      {
        number: 24,
        text: "What changed since a date?",
        path: "/changes",
        values: { node: "states/PHL", since: "2022-01-01" },
      },
      {
        number: 25,
        text: "Which way leads from a contact in one ministry to where accession is decided?",
        load: () => import("./answers/DecisionPath"),
      },
    ],
  },
];

export const questions: readonly Question[] = groups.flatMap((group) => group.questions);
