// Status tables as depositaries publish them, and what they change. An input is a mapping in text
// format, a null, and a table; or a table alone.
#include "clients/exchange/status_table.h"

#include "clients/exchange/status_changes.h"
#include "tests/fuzz/exchange_fuzz.h"

namespace attlas::fuzz {
namespace {

using exchange::HeldStatus;
using exchange::StatusRow;

// What the graph says before: nothing, or that the Philippines signed and consented.
HeldStatus Held(bool something) {
  HeldStatus held;
  held.instrument.set_name("instruments/att");
  held.instrument.set_display_name("ATT");
  graph::Property* force = held.instrument.add_properties();
  force->set_name("entry_into_force");
  force->mutable_value()->mutable_date()->set_year(2014);
  held.citation.set_source("sources/untc-status-att");
  held.citation.set_confidence(graph::v1::CONFIDENCE_SEEN);
  held.citation.mutable_retrieved()->set_year(2026);
  if (!something) return held;
  for (const char* type : {"SIGNED", "CONSENTED_TO"}) {
    graph::Edge& edge = held.acts.emplace_back();
    edge.set_type(type);
    edge.set_from("states/PHL");
    edge.set_to("instruments/att");
    edge.mutable_valid_from()->set_year(2013);
    graph::Property* act = edge.add_properties();
    act->set_name("act");
    act->mutable_value()->set_text(type == std::string("SIGNED") ? "signature" : "ratification");
    graph::Citation* citation = edge.add_citations();
    citation->set_source("sources/untc-status-att");
    citation->set_confidence(graph::v1::CONFIDENCE_SEEN);
    graph::Canonicalize(&edge);
    edge.set_etag("1");
  }
  return held;
}

void RequirePlanned(const std::vector<StatusRow>& rows, bool something) {
  const exchange::StatusChanges planned = exchange::PlanStatusChanges(Held(something), rows);
  std::set<std::string> changed;
  for (const exchange::v1::PlannedChange& change : planned.changes) {
    Require(!change.subject().empty() && !change.words().empty(), "a change without words");
    const graph::v1::Mutation& mutation = change.mutation();
    Require(mutation.action_case() != graph::v1::Mutation::ACTION_NOT_SET, "a change of nothing");
    const bool is_new =
        !mutation.has_create_edge() || changed.insert(mutation.create_edge().name()).second;
    Require(is_new && (!mutation.has_update_edge() ||
                       changed.insert(mutation.update_edge().name()).second),
            "a statement that is changed twice");
    for (const graph::Edge* edge : {&mutation.create_edge(), &mutation.update_edge()}) {
      if (edge->type().empty()) continue;
      std::vector<graph::FieldViolation> violations;
      CuratedOntology().CheckEdge(*edge, "", &violations);
      Require(violations.empty(),
              violations.empty() ? ""
                                 : "a change that the ontology refuses: " + violations[0].field +
                                       ": " + violations[0].description);
    }
  }
}

}  // namespace

void Fuzz(std::string_view input) {
  const auto [mapping_text, table] = SplitAtNull(input);
  exchange::v1::StatusTableMapping mapping;
  // What is no mapping is refused before a table is read.
  if (!ParseMapping(mapping_text, &mapping)) return;
  const std::set<std::string> acts = {"accession", "acceptance", "approval", "ratification",
                                      "succession"};
  graph::ProblemLog log;
  const std::vector<StatusRow> rows =
      exchange::ReadStatusTable(table, "t.csv", mapping, SomeStates(), acts, &log);
  if (!CheckedProblems(&log).empty()) return;
  std::set<std::string> states;
  for (const StatusRow& row : rows) {
    Require(row.line > 1, "a row where the header stands");
    Require(states.insert(row.state).second, "a state that stands twice");
    Require(row.act.empty() || acts.contains(row.act), "a kind of consent that is not known");
  }
  RequirePlanned(rows, false);
  RequirePlanned(rows, true);
}

std::vector<std::string> Seeds() {
  const std::string table = BeginningOf("tests/exchange/status-table.csv");
  return {
      table,
      std::string("state_column: \"Participant\" kinds { text: \"a\" act: \"accession\" } "
                  "states { text: \"Holland\" state: \"states/NLD\" }") +
          '\0' + table,
      "State,Signed,Date of deposit,Kind\nHolland,2013,2014-12,A\nFiji,,3 Jun 2013,succession\n",
      "party;withdrawn\n",
      "Country,Ratification,Denunciation\nPHL,\"24 Mar 2022\",1 Sep 2026\nTUR,24 Mar 2022 AA,\n"};
}

}  // namespace attlas::fuzz
