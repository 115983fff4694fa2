// Records, their keys, the ontology, and the numbers that are given.
#include "tests/graph/store/store_damage.h"

#include "graph/model/name.h"

namespace attlas::testing {
namespace {

std::string MetaKey(std::string_view prefix, uint64_t number) {
  return std::string(prefix) + RevisionKey(number);
}

}  // namespace

std::vector<Damage> DamageOfRecords() {
  return {
      {"RecordOfTwoBytes", ProblemKind::kRecord, "cannot be read",
       [](const Planter& p) { p.Write(graph::kRecords, EntityKey(kIndonesia), "xx"); }},
      {"RecordWhoseBodyIsNoMessage", ProblemKind::kRecord, "what it says cannot be read",
       [](const Planter& p) {
         p.Change(
             kIndonesia, [](StoredRecord* r) { r->body = "\xff\xff"; }, true);
       }},
      {"KeyOfNoRecord", ProblemKind::kRecord, "is no key of a record",
       [](const Planter& p) { p.Write(graph::kRecords, "x", ""); }},
      {"NextNodeTooLow", ProblemKind::kHead, "is beyond the last number given",
       [](const Planter& p) {
         p.Write(graph::kMeta, std::string(graph::kHeadKey), graph::EncodeHead({kLast, 3, 1}));
       }},
      {"LastRevisionTooLow", ProblemKind::kHead, "is of revision 4; the last is 3",
       [](const Planter& p) {
         p.Write(graph::kMeta, std::string(graph::kHeadKey), graph::EncodeHead({kLast - 1, 4, 1}));
       }},
      {"NoStoreId", ProblemKind::kHead, "has no id",
       [](const Planter& p) { p.Remove(graph::kMeta, std::string(graph::kStoreIdKey)); }},
      {"OntologyIsNoMessage", ProblemKind::kOntology, "cannot be read",
       [](const Planter& p) {
         p.Write(graph::kMeta, MetaKey(graph::kOntologyPrefix, 0), "\xff\xff");
       }},
      {"PropertyThatTheOntologyLacks", ProblemKind::kStatement, "states/IDN",
       [](const Planter& p) {
         p.Say<graph::Node>(kIndonesia, [](graph::Node* node, HotRecord*) {
           graph::Property* property = node->add_properties();
           property->set_name("nonsense");
           property->mutable_value()->set_text("x");
         });
       }},
      {"SpaceWithoutAName", ProblemKind::kSpace, "which has no name",
       [](const Planter& p) { p.Remove(graph::kMeta, MetaKey(graph::kSpacePrefix, 1)); }},
      {"EndBeforeBeginning", ProblemKind::kInterval, "ends before it begins",
       [](const Planter& p) {
         p.Say<graph::Edge>(kSigned, [](graph::Edge* edge, HotRecord* hot) {
           edge->mutable_valid_to()->set_year(2012);
           hot->valid_to = graph::FirstDay(edge->valid_to());
         });
       }},
      {"EdgeUnderAnotherName", ProblemKind::kDerivedName, "is not the name of this statement",
       [](const Planter& p) {
         const std::string other =
             graph::DeriveEdgeName("SIGNED", "states/BRN", "instruments/att", "");
         p.Say<graph::Edge>(kSigned, [&](graph::Edge* edge, HotRecord*) { edge->set_name(other); });
         p.Write(graph::kNames, other, graph::EncodeEntity(kSigned));
         p.Remove(graph::kNames, SignedName());
       }},
  };
}

std::string SignedName() {
  return graph::DeriveEdgeName("SIGNED", "states/IDN", "instruments/att", "");
}

}  // namespace attlas::testing
