// Two things side by side: what instruments say on each theme, or how states stand.
import { useContextOfPage } from "../../app/context";
import { Tabs } from "../../shared/Tabs";
import { Title } from "../../shared/Title";
import { Instruments } from "./Instruments";
import { States } from "./States";

export default function Compare() {
  const { value } = useContextOfPage();
  const what = value("what") === "states" ? "states" : "instruments";
  return (
    <>
      <Title
        window="Compare"
        lead="What instruments ask, theme by theme; or where two states stand."
      >
        Compare
      </Title>
      <Tabs
        label="What to compare"
        path="/compare"
        name="what"
        current={what}
        tabs={[
          { value: "instruments", label: "Instruments" },
          { value: "states", label: "States" },
        ]}
      />
      {what === "states" ? <States /> : <Instruments />}
    </>
  );
}
