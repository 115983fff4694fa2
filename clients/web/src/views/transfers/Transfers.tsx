// Who exports arms to whom, and which of them an instrument binds.
import { useContextOfPage } from "../../app/context";
import { Tabs } from "../../shared/Tabs";
import { Title } from "../../shared/Title";
import { Counts } from "./Counts";
import { Exposure } from "./Exposure";
import { Partners } from "./Partners";
import { Ranking } from "./Ranking";

const tabs = [
  { value: "exposure", label: "Imports from parties" },
  { value: "suppliers", label: "Suppliers" },
  { value: "customers", label: "Customers" },
  { value: "ranking", label: "Ranking" },
  { value: "count", label: "Counts of a region" },
];

export default function Transfers() {
  const { value } = useContextOfPage();
  const show = tabs.some((tab) => tab.value === value("show")) ? value("show") : "exposure";
  const state = value("state");
  return (
    <>
      <Title
        window="Transfers"
        lead="Published transfer statistics, by edition, beside who takes part."
      >
        Transfers
      </Title>
      <Tabs
        label="Ways to look at transfers"
        path="/transfers"
        name="show"
        current={show}
        tabs={tabs.map((tab) => ({ ...tab, keep: { state } }))}
      />
      {show === "exposure" && <Exposure />}
      {(show === "suppliers" || show === "customers") && <Partners side={show} />}
      {show === "ranking" && <Ranking />}
      {show === "count" && <Counts />}
    </>
  );
}
