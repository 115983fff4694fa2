#include "tests/integration/salt_statements.h"

#include <utility>

#include "services/access/space_registry.h"

namespace attlas::testing::salt {
namespace {

namespace v1 = graph::v1;

template <typename Statement>
void AddText(const char* name, const char* text, Statement* statement) {
  v1::Property& property = *statement->add_properties();
  property.set_name(name);
  property.mutable_value()->set_text(text);
}

template <typename Statement>
void CiteAround(Statement* statement) {
  Statement cites = *statement;
  cites.clear_citations();
  Cite(kHiddenSource, cites.add_citations());
  cites.mutable_citations()->MergeFrom(statement->citations());
  Cite(kDeletedSource, cites.add_citations());
  Cite(kHiddenSource, cites.add_citations());
  *statement = std::move(cites);
}

}  // namespace

std::vector<v1::Marking> HiddenMarkings(const graph::Clearance& caller) {
  std::vector<v1::Marking> hidden;
  for (const char* const space : {"", "spaces/salt-one", "spaces/salt-two"}) {
    for (int level = v1::TRAFFIC_LIGHT_CLEAR; level <= v1::TRAFFIC_LIGHT_RED; ++level) {
      v1::Marking marking;
      marking.set_traffic_light(static_cast<v1::TrafficLight>(level));
      marking.set_space(space);
      if (!graph::CanSee(caller, marking)) hidden.push_back(marking);
    }
  }
  return hidden;
}

v1::Mutation Put(v1::Node node) {
  v1::Mutation mutation;
  *mutation.mutable_put_node() = std::move(node);
  return mutation;
}

v1::Mutation Put(v1::Edge edge) {
  v1::Mutation mutation;
  edge.clear_name();
  *mutation.mutable_put_edge() = std::move(edge);
  return mutation;
}

v1::Node Source(const std::string& id, const std::string& display_name) {
  v1::Node node;
  node.set_name("sources/" + id);
  node.set_type("source");
  node.set_display_name(display_name);
  return node;
}

void Cite(const char* source, v1::Citation* citation) {
  citation->set_source(source);
  citation->set_locator("p. 7: brinewords");
  citation->set_note("xq-salt says so");
  // Surer than most that is cited beside it, which must help nobody who does not see it.
  citation->set_confidence(v1::CONFIDENCE_SEEN);
}

void CiteHidden(v1::Node* node) { CiteAround(node); }
void CiteHidden(v1::Edge* edge) { CiteAround(edge); }

void PutSpace(const v1::Citation& citation, std::vector<v1::Mutation>* mutations) {
  constexpr char kSpace[] = "spaces/xq-salt";
  v1::Node space;
  space.set_name(kSpace);
  space.set_type("space");
  space.set_display_name("Round table");
  AddText("purpose", "To speak openly", &space);
  AddText("state", "open", &space);
  v1::Property& days = *space.add_properties();
  days.set_name("retention_days");
  days.mutable_value()->set_integer(3'650);
  space.mutable_marking()->set_space(services::kSpaceRegistry);
  mutations->push_back(Put(space));
  v1::Node note;
  note.set_name("notes/xq-salt");
  note.set_type("note");
  note.set_display_name("Said");
  AddText("text", "What was said", &note);
  v1::Node evidence;
  evidence.set_name("evidence/xq-said");
  evidence.set_type("evidence");
  evidence.set_display_name("Guide");
  AddText("kind", "guide", &evidence);
  AddText("significance", "Why it matters: brinewords", &evidence);
  *evidence.add_citations() = citation;
  for (v1::Node* const said : {&note, &evidence}) {
    said->mutable_marking()->set_space(kSpace);
    mutations->push_back(Put(*said));
    v1::Edge posted;
    posted.set_type("POSTED_IN");
    posted.set_from(said->name());
    posted.set_to(kSpace);
    AddText("speaker_key_hash", "0", &posted);
    v1::Property& day = *posted.add_properties();
    day.set_name("posted");
    day.mutable_value()->mutable_date()->set_year(2026);
    *posted.add_citations() = citation;
    posted.mutable_marking()->set_space(services::kSpaceRegistry);
    mutations->push_back(Put(posted));
    v1::Edge about = posted;
    about.set_type(said == &note ? "NOTE_ON" : "EVIDENCE_ON");
    about.set_to(said == &note ? "instruments/att" : "states/IDN");
    about.clear_properties();
    about.mutable_marking()->set_space(kSpace);
    mutations->push_back(Put(about));
  }
}

}  // namespace attlas::testing::salt
