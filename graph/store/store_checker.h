// What the files of graph/store/store_check*.cc share. Private to graph/store.
#ifndef ATTLAS_GRAPH_STORE_STORE_CHECKER_H_
#define ATTLAS_GRAPH_STORE_STORE_CHECKER_H_

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model/marking.h"
#include "graph/ontology/ontology.h"
#include "graph/store/raw_store.h"
#include "graph/store/store_check.h"

namespace attlas::graph {

class StoreChecker {
 public:
  StoreChecker(const RawStore& store, std::string path, const StoreCheckOptions& options)
      : store_(store), path_(std::move(path)), options_(options) {}

  absl::StatusOr<StoreCheckReport> Run();

 private:
  // A version of something, as the change log must list it.
  struct VersionId {
    uint64_t revision;
    uint32_t ordinal;
    EntityKind kind;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the order's own 0 for a pointer.
    friend auto operator<=>(const VersionId&, const VersionId&) = default;
  };
  // One thing with all its versions, newest first; the first is the current one.
  struct Entity {
    EntityId id;
    std::vector<StoredRecord> versions;
  };
  // What the body of a version says that is written elsewhere, too.
  struct Said {
    std::string name;
    std::string type;
    std::string from;  // Of an edge, as the next.
    std::string to;
    Marking marking;
    Confidence confidence = v1::CONFIDENCE_UNSPECIFIED;
    std::vector<std::string> sources;
    DayNumber valid_from = kBeginningOfTime;
    DayNumber valid_to = kEndOfTime;
    std::string edge_name_problem;
    std::vector<FieldViolation> violations;
  };

  void Report(ProblemKind kind, std::string place, std::string what);
  void Step(std::string_view part, uint64_t done);

  // store_check.cc: what stands for itself.
  absl::Status CheckFiles();
  absl::Status CheckMeta();
  absl::Status CheckSpaces();

  // store_check_entities.cc: each node and edge, against all that is derived from it.
  absl::Status CheckEntities();
  absl::Status CheckEntity(const Entity& entity);
  void CheckVersion(const Entity& entity, const StoredRecord& record, std::set<uint32_t>* sources);
  void CheckSaid(EntityId id, const StoredRecord& record, const Said& said,
                 std::set<uint32_t>* sources);
  void CheckDerived(EntityId id, const StoredRecord& record, const Said& said);
  void CheckHot(EntityId id, const StoredRecord& record);
  void CheckEnds(EntityId id, const HotRecord& hot);
  void CheckChain(const Entity& entity);
  std::optional<Said> Read(EntityId id, const StoredRecord& record, bool current);
  std::optional<EntityId> FindName(std::string_view name);
  std::optional<std::string> Find(ColumnFamily which, std::string_view key);

  // store_check_indexes.cc: each entry of an index, against what it stands for.
  absl::Status CheckHotRecords();
  absl::Status CheckNames();
  absl::Status CheckCitations();
  absl::Status CheckCommits();
  absl::Status CheckRequests();
  absl::StatusOr<std::optional<std::string>> NameOf(EntityId id) const;
  absl::StatusOr<bool> SomeVersionCites(EntityId id, std::string_view source) const;
  void CheckListed(uint64_t revision, const storage::v1::CommitRecord& commit);

  const RawStore& store_;
  const std::string path_;
  const StoreCheckOptions& options_;
  StoreCheckReport report_;
  StoreHead head_;
  std::shared_ptr<const OntologyIndex> ontology_;  // The one in force; null where it is damaged.
  std::vector<std::string> spaces_ = {""};
  std::vector<VersionId> versions_;
  std::vector<int64_t> commit_times_;  // By revision.
  absl::Status failed_;                // Of reading, where a check has no way to say so.
};

// Bytes of a key for people: printable ones as they are, others in hexadecimal digits.
std::string KeyText(ColumnFamily which, std::string_view key);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_STORE_CHECKER_H_
