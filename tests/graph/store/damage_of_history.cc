// Past versions, the change log, and the first answers to requests.
#include "tests/graph/store/store_damage.h"

namespace attlas::testing {

std::vector<Damage> DamageOfHistory() {
  return {
      {"PastVersionLost", ProblemKind::kChangeLog, "which has no version of revision 2",
       [](const Planter& p) { p.Remove(graph::kHistory, HistoryKey(kTreaty, 2)); }},
      {"PastVersionOfNothing", ProblemKind::kHistory, "is a past version of what has no record",
       [](const Planter& p) {
         p.Write(graph::kHistory, HistoryKey({EntityKind::kNode, 9}, 2),
                 *p.Get(graph::kHistory, HistoryKey(kTreaty, 2)));
       }},
      {"PastVersionUnderAnotherRevision", ProblemKind::kHistory, "filed under another revision",
       [](const Planter& p) {
         p.Write(graph::kHistory, HistoryKey(kTreaty, 3),
                 *p.Get(graph::kHistory, HistoryKey(kTreaty, 2)));
       }},
      {"PastVersionNewerThanTheNext", ProblemKind::kHistory, "is not older than the next",
       [](const Planter& p) {
         p.Change(
             kTreaty, [](StoredRecord* r) { r->revision = 2; }, false);
       }},
      {"BeginsWithADeletion", ProblemKind::kHistory, "begins with a deletion",
       [](const Planter& p) {
         StoredRecord record;
         record.revision = 1;
         record.deleted = true;
         p.Write(graph::kHistory, HistoryKey(kTreaty, 1), EncodeRecord(EntityKind::kNode, record));
       }},
      {"RevisionLost", ProblemKind::kChangeLog, "revision 2 is missing",
       [](const Planter& p) { p.Remove(graph::kCommits, RevisionKey(2)); }},
      {"LastRevisionLost", ProblemKind::kChangeLog, "revision 4 is missing",
       [](const Planter& p) { p.Remove(graph::kCommits, RevisionKey(kLast)); }},
      {"RevisionBeyondTheLast", ProblemKind::kChangeLog, "is revision 9; the last is 4",
       [](const Planter& p) { p.Write(graph::kCommits, RevisionKey(9), ""); }},
      {"RevisionThatListsTooLittle", ProblemKind::kChangeLog, "does not list edge 0",
       [](const Planter& p) {
         p.ChangeCommit(1, [](storage::v1::CommitRecord* commit) {
           commit->mutable_ordinals()->RemoveLast();
           commit->mutable_kinds()->pop_back();
         });
       }},
      {"RevisionThatListsTooMuch", ProblemKind::kChangeLog, "lists edge 7, which has no version",
       [](const Planter& p) {
         p.ChangeCommit(2, [](storage::v1::CommitRecord* commit) {
           commit->add_ordinals(7);
           commit->mutable_kinds()->push_back('\x02');
         });
       }},
      {"RevisionEarlierThanTheOneBefore", ProblemKind::kChangeLog, "is not later than the one",
       [](const Planter& p) {
         p.ChangeCommit(3, [](storage::v1::CommitRecord* c) { c->set_commit_time_us(1); });
       }},
      {"RedactionThatDidNotHappen", ProblemKind::kChangeLog, "names a redaction",
       [](const Planter& p) {
         p.ChangeCommit(3, [](storage::v1::CommitRecord* c) { c->set_redacted_by(9); });
       }},
      {"RequestWithoutItsHash", ProblemKind::kRequest, "has no hash",
       [](const Planter& p) {
         p.ChangeMessage<storage::v1::RequestRecord>(
             graph::kRequests, kRequest,
             [](storage::v1::RequestRecord* request) { request->clear_body_hash(); });
       }},
      {"RequestOfNoRevision", ProblemKind::kRequest, "a revision that is not there",
       [](const Planter& p) {
         p.ChangeMessage<storage::v1::RequestRecord>(
             graph::kRequests, kRequest,
             [](storage::v1::RequestRecord* request) { request->set_revision(9); });
       }},
      {"RequestOfAnotherTime", ProblemKind::kRequest, "another time",
       [](const Planter& p) {
         p.ChangeMessage<storage::v1::RequestRecord>(
             graph::kRequests, kRequest,
             [](storage::v1::RequestRecord* request) { request->set_commit_time_us(1); });
       }},
  };
}

}  // namespace attlas::testing
