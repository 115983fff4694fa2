// The offline check of a store: it finds nothing wrong with whole ones, and each kind of damage
// that is planted.
#include "graph/store/store_check.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/graph.h"
#include "graph/model/name.h"
#include "graph/store/raw_store.h"
#include "graph/store/rewind.h"
#include "graph/store/store_impl.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::ColumnFamily;
using graph::EntityId;
using graph::EntityKey;
using graph::EntityKind;
using graph::Graph;
using graph::HistoryKey;
using graph::HotRecord;
using graph::ProblemKind;
using graph::ProblemKindName;
using graph::RawStore;
using graph::RevisionKey;
using graph::StoredRecord;
using graph::v1::Mutation;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kRequest[] = "2f1b3c7e-8a4d-4f6e-9b0a-1c2d3e4f5a6b";

// What MakeStore numbers: sources/test 0, states/IDN 1, instruments/att 2, states/BRN 3.
constexpr EntityId kIndonesia = {EntityKind::kNode, 1};
constexpr EntityId kTreaty = {EntityKind::kNode, 2};
constexpr EntityId kBrunei = {EntityKind::kNode, 3};
constexpr EntityId kSigned = {EntityKind::kEdge, 0};
constexpr uint64_t kLast = 4;

Mutation Put(graph::Node node) {
  Mutation mutation;
  *mutation.mutable_put_node() = std::move(node);
  return mutation;
}

Mutation Put(graph::Edge edge) {
  Mutation mutation;
  *mutation.mutable_put_edge() = std::move(edge);
  return mutation;
}

graph::Node InSpace(graph::Node node) {
  node.mutable_marking()->set_space("spaces/room");
  return node;
}

std::string SignedName() {
  return graph::DeriveEdgeName("SIGNED", "states/IDN", "instruments/att", "");
}

class StoreCheckTest : public ::testing::Test {
 protected:
  // Four revisions: what there is, a change of the treaty, a node in a space, a change again.
  void MakeStore() const {
    ASSERT_OK_AND_ASSIGN(const auto graph,
                         Graph::Open({.path = path_, .ontology = TestOntology()}));
    ASSERT_OK(graph->Commit(
        {.mutations = {Put(MakeNode("sources/test")), Put(MakeNode("states/IDN")),
                       Put(MakeNode("instruments/att")),
                       Put(MakeDatedEdge("SIGNED", "states/IDN", "instruments/att", "2013"))},
         .request_id = kRequest}));
    ASSERT_OK(graph->Commit({.mutations = {Put(MakeNode("instruments/att", "ATT"))}}));
    ASSERT_OK(graph->Commit({.mutations = {Put(InSpace(MakeNode("states/BRN")))}}));
    ASSERT_OK(graph->Commit({.mutations = {Put(MakeNode("instruments/att", "Treaty"))}}));
  }

  std::string Problems() const {
    const auto report = graph::CheckStore(path_, {});
    if (!report.ok()) return report.status().ToString();
    std::string text;
    for (const graph::StoreProblem& problem : report->problems) {
      absl::StrAppend(&text, std::string(ProblemKindName(problem.kind)), " | ", problem.place,
                      " | ", problem.what, "\n");
    }
    return text;
  }

  TemporaryDirectory directory_;
  const std::string path_ = directory_.file("store");
};

TEST_F(StoreCheckTest, CountsWhatAWholeStoreHas) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  std::vector<std::string> parts;
  const auto report = graph::CheckStore(
      path_, {.progress = [&](std::string_view part, uint64_t) { parts.emplace_back(part); }});
  ASSERT_OK(report);
  EXPECT_EQ(Problems(), "");
  EXPECT_EQ(report->revision, kLast);
  EXPECT_EQ(report->nodes, 4u);
  EXPECT_EQ(report->edges, 1u);
  EXPECT_EQ(report->versions, 7u);
  EXPECT_EQ(report->citations, 4u);
  EXPECT_EQ(report->requests, 1u);
  EXPECT_EQ(report->problem_count, 0u);
}

TEST_F(StoreCheckTest, FindsNothingAfterADeletionARedactionABulkCommitAndARewind) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  {
    ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = path_, .bulk_mutations = 2}));
    std::vector<Mutation> many;
    for (int i = 0; i < 20; ++i) many.push_back(Put(MakeNode(absl::StrCat("instruments/i", i))));
    ASSERT_OK(graph->Commit({.mutations = std::move(many)}));
    Mutation edge;
    edge.set_delete_edge(SignedName());
    ASSERT_OK(graph->Commit({.mutations = {edge}}));
    Mutation node;
    node.set_delete_node("states/IDN");
    ASSERT_OK(graph->Commit({.mutations = {node}}));
    ASSERT_OK(graph->Redact(
        {.scopes = {{.space = "spaces/room", .through_revision = graph->LatestRevision()}},
         .reason = "erased"}));
  }
  EXPECT_EQ(Problems(), "");
  ASSERT_OK(graph::RewindStore(path_, 6));
  EXPECT_EQ(Problems(), "");
  ASSERT_OK(graph::RewindStore(path_, 2));
  EXPECT_EQ(Problems(), "");
  ASSERT_OK(graph::RewindStore(path_, 0));
  EXPECT_EQ(Problems(), "");
}

TEST_F(StoreCheckTest, RefusesAStoreThatIsOpenOrNotThere) {
  EXPECT_THAT(graph::CheckStore(path_, {}).status(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(std::filesystem::exists(path_));
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = path_}));
  EXPECT_THAT(graph::CheckStore(path_, {}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another process")));
}

TEST_F(StoreCheckTest, KeepsTheFirstProblemsAndCountsAll) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  {
    ASSERT_OK_AND_ASSIGN(const auto store, RawStore::Open(path_, false));
    for (uint64_t revision = 1; revision <= kLast; ++revision) {
      ASSERT_TRUE(store->db()
                      .Delete(rocksdb::WriteOptions(), store->family(graph::kCommits),
                              RevisionKey(revision))
                      .ok());
    }
  }
  ASSERT_OK_AND_ASSIGN(const auto report, graph::CheckStore(path_, {.most_problems = 2}));
  EXPECT_EQ(report.problems.size(), 2u);
  EXPECT_GE(report.problem_count, kLast);
}

// Changes to the bytes of a store, of which each is one kind of damage.
class Planter {
 public:
  explicit Planter(const RawStore& store) : store_(store) {}

  void Write(ColumnFamily which, const std::string& key, const std::string& value) const {
    EXPECT_TRUE(store_.db().Put(rocksdb::WriteOptions(), store_.family(which), key, value).ok());
  }
  void Remove(ColumnFamily which, const std::string& key) const {
    EXPECT_TRUE(Get(which, key).has_value()) << "what is to be removed is not there";
    EXPECT_TRUE(store_.db().Delete(rocksdb::WriteOptions(), store_.family(which), key).ok());
  }
  std::optional<std::string> Get(ColumnFamily which, const std::string& key) const {
    auto value = store_.Get(which, key);
    EXPECT_OK(value);
    return value.ok() ? *value : std::nullopt;
  }

  // The current version of something, changed, with its hot record where `with_hot`.
  void Change(EntityId id, const std::function<void(StoredRecord*)>& change, bool with_hot) const {
    auto record = graph::DecodeRecord(id.kind, *Get(graph::kRecords, EntityKey(id)));
    ASSERT_OK(record);
    change(&*record);
    Write(graph::kRecords, EntityKey(id), EncodeRecord(id.kind, *record));
    if (!with_hot) return;
    std::string hot;
    EncodeHot(id.kind, record->hot, &hot);
    Write(graph::kHot, EntityKey(id), hot);
  }
  // What the current version says, changed.
  template <typename Message>
  void Say(EntityId id, const std::function<void(Message*, HotRecord*)>& change) const {
    Change(
        id,
        [&](StoredRecord* record) {
          Message message;
          ASSERT_TRUE(message.ParseFromString(record->body));
          change(&message, &record->hot);
          record->body = graph::SerializeDeterministic(message);
        },
        /*with_hot=*/true);
  }
  template <typename Message>
  void ChangeMessage(ColumnFamily which, const std::string& key,
                     const std::function<void(Message*)>& change) const {
    Message message;
    ASSERT_TRUE(message.ParseFromString(*Get(which, key)));
    change(&message);
    Write(which, key, graph::SerializeDeterministic(message));
  }
  void ChangeCommit(uint64_t revision,
                    const std::function<void(storage::v1::CommitRecord*)>& change) const {
    ChangeMessage<storage::v1::CommitRecord>(graph::kCommits, RevisionKey(revision), change);
  }

 private:
  const RawStore& store_;
};

struct Damage {
  std::string name;
  ProblemKind kind;
  std::string said;  // In the report.
  std::function<void(const Planter&)> plant;
};

std::string MetaKey(std::string_view prefix, uint64_t number) {
  return std::string(prefix) + RevisionKey(number);
}

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

std::vector<Damage> AllDamage() {
  std::vector<Damage> all = DamageOfRecords();
  for (const auto& part : {DamageOfIndexes(), DamageOfHistory()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

// One store a run, and each damage in a copy of it.
TEST_F(StoreCheckTest, FindsEachKindOfDamage) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  const std::string whole = directory_.file("whole");
  std::filesystem::rename(path_, whole);
  for (const Damage& damage : AllDamage()) {
    SCOPED_TRACE(damage.name);
    std::filesystem::remove_all(path_);
    std::filesystem::copy(whole, path_, std::filesystem::copy_options::recursive);
    {
      ASSERT_OK_AND_ASSIGN(const auto store, RawStore::Open(path_, false));
      damage.plant(Planter(*store));
    }
    const auto report = graph::CheckStore(path_, {});
    ASSERT_OK(report);
    EXPECT_TRUE(std::any_of(report->problems.begin(), report->problems.end(),
                            [&](const graph::StoreProblem& problem) {
                              return problem.kind == damage.kind &&
                                     problem.what.find(damage.said) != std::string::npos;
                            }))
        << Problems();
  }
}

// Every kind is planted above or in the test of files, has a name of its own, and a remedy.
TEST_F(StoreCheckTest, EachKindHasAPlantedCase) {
  std::vector<ProblemKind> planted = {ProblemKind::kFile};
  for (const Damage& damage : AllDamage()) planted.push_back(damage.kind);
  std::vector<std::string> names;
  for (int number = 0; number <= static_cast<int>(ProblemKind::kRequest); ++number) {
    const auto kind = static_cast<ProblemKind>(number);
    EXPECT_NE(std::find(planted.begin(), planted.end(), kind), planted.end())
        << ProblemKindName(kind);
    EXPECT_FALSE(graph::ProblemRemedy(kind).empty());
    names.emplace_back(ProblemKindName(kind));
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  EXPECT_NE(names.front(), "");
}

TEST_F(StoreCheckTest, NamesADamagedFileAndChecksTheRest) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  std::string damaged;
  {
    ASSERT_OK_AND_ASSIGN(const auto store, RawStore::Open(path_, false));
    for (size_t family = 0; family < graph::kColumnFamilyCount; ++family) {
      auto* const handle = store->family(static_cast<ColumnFamily>(family));
      ASSERT_TRUE(store->db().Flush(rocksdb::FlushOptions(), handle).ok());
    }
    std::vector<rocksdb::LiveFileMetaData> files;
    store->db().GetLiveFilesMetaData(&files);
    for (const auto& file : files) {
      if (file.column_family_name == "hot") damaged = file.name;
    }
  }
  ASSERT_NE(damaged, "");
  {
    std::fstream file(path_ + damaged, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(10);
    const int byte = file.get();
    file.seekp(10);
    file.put(static_cast<char>(byte ^ 0x55));
  }
  EXPECT_THAT(Problems(), HasSubstr(absl::StrCat("file | hot", damaged)));
  EXPECT_THAT(Problems(), ::testing::Not(HasSubstr("change-log")));
}

TEST_F(StoreCheckTest, ADamagedLogIsAnError) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  for (const auto& entry : std::filesystem::directory_iterator(path_)) {
    if (entry.path().extension() != ".log" || entry.file_size() < 200) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(100);
    const int byte = file.get();
    file.seekp(100);
    file.put(static_cast<char>(byte ^ 0x55));
  }
  EXPECT_THAT(graph::CheckStore(path_, {}).status(), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace attlas::testing
