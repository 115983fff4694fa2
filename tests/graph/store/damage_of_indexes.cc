// What answers are made from: hot records, names, lists of citations, ends of edges.
#include "tests/graph/store/store_damage.h"

namespace attlas::testing {

std::vector<Damage> DamageOfIndexes() {
  return {
      {"HotRecordLost", ProblemKind::kHot, "is missing",
       [](const Planter& p) { p.Remove(graph::kHot, EntityKey(kBrunei)); }},
      {"HotRecordChanged", ProblemKind::kHot, "is not that of its record",
       [](const Planter& p) {
         std::string hot = *p.Get(graph::kHot, EntityKey(kSigned));
         hot[14] = static_cast<char>(hot[14] + 1);
         p.Write(graph::kHot, EntityKey(kSigned), hot);
       }},
      {"HotRecordOfNothing", ProblemKind::kHot, "has a hot record and no record",
       [](const Planter& p) {
         p.Write(graph::kHot, EntityKey({EntityKind::kNode, 9}),
                 *p.Get(graph::kHot, EntityKey(kBrunei)));
       }},
      {"HotRecordThatIsNone", ProblemKind::kHot, "cannot be read",
       [](const Planter& p) { p.Write(graph::kHot, EntityKey(kBrunei), "x"); }},
      {"MarkingOtherThanSaid", ProblemKind::kHot, "its traffic light is not the one that it says",
       [](const Planter& p) {
         p.Change(
             kBrunei, [](StoredRecord* r) { ++r->hot.level; }, true);
       }},
      {"ConfidenceOtherThanSaid", ProblemKind::kHot, "its confidence is not the one that it says",
       [](const Planter& p) {
         p.Change(
             kBrunei, [](StoredRecord* r) { ++r->hot.confidence; }, true);
       }},
      {"TypeOtherThanSaid", ProblemKind::kHot, "its type is not the one that it says",
       [](const Planter& p) {
         p.Change(
             kBrunei, [](StoredRecord* r) { ++r->hot.type; }, true);
       }},
      {"IntervalOtherThanSaid", ProblemKind::kHot, "its interval is not the one that it says",
       [](const Planter& p) {
         p.Change(
             kSigned, [](StoredRecord* r) { --r->hot.valid_from; }, true);
       }},
      {"EndOtherThanSaid", ProblemKind::kHot, "its end is not the one that it says",
       [](const Planter& p) {
         p.Change(
             kSigned, [](StoredRecord* r) { r->hot.to = kBrunei.ordinal; }, true);
       }},
      {"NameLost", ProblemKind::kName, "does not lead to node 1",
       [](const Planter& p) { p.Remove(graph::kNames, "states/IDN"); }},
      {"NameOfAnother", ProblemKind::kName, "does not lead to node 1",
       [](const Planter& p) {
         p.Write(graph::kNames, "states/IDN", graph::EncodeEntity(kBrunei));
       }},
      {"NameOfNothing", ProblemKind::kName, "leads to node 9, which is not there",
       [](const Planter& p) {
         p.Write(graph::kNames, "states/XXX", graph::EncodeEntity({EntityKind::kNode, 9}));
       }},
      {"SourceLost", ProblemKind::kCitation, "cites sources/test, which does not exist",
       [](const Planter& p) { p.Remove(graph::kNames, "sources/test"); }},
      {"CitationNotListed", ProblemKind::kCitationIndex, "is missing: states/IDN cites",
       [](const Planter& p) { p.Remove(graph::kCitations, graph::CitationKey(0, kIndonesia)); }},
      {"CitationThatNeverWas", ProblemKind::kCitationIndex, "which it never did",
       [](const Planter& p) {
         p.Write(graph::kCitations, graph::CitationKey(kTreaty.ordinal, kIndonesia), "");
       }},
      {"CitationOfNothing", ProblemKind::kCitationIndex, "names no source",
       [](const Planter& p) { p.Write(graph::kCitations, graph::CitationKey(9, kIndonesia), ""); }},
      {"EdgeWithoutAnEnd", ProblemKind::kAdjacency, "touches node 1, which does not exist",
       [](const Planter& p) { p.Remove(graph::kHot, EntityKey(kIndonesia)); }},
  };
}

}  // namespace attlas::testing
