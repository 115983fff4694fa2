// Each entry of an index and of the change log, against what it stands for.
#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/store/entity_text.h"
#include "graph/store/store_checker.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

// The first answer to a request has a SHA-256.
constexpr size_t kHashBytes = 32;

std::string NameIn(EntityKind kind, const std::string& body) {
  if (kind == EntityKind::kNode) {
    Node node;
    return node.ParseFromString(body) ? node.name() : "";
  }
  Edge edge;
  return edge.ParseFromString(body) ? edge.name() : "";
}

template <typename Message>
bool Cites(const std::string& body, std::string_view source) {
  Message message;
  if (!message.ParseFromString(body)) return false;
  return std::any_of(message.citations().begin(), message.citations().end(),
                     [&](const Citation& citation) { return citation.source() == source; });
}

}  // namespace

absl::Status StoreChecker::CheckHotRecords() {
  uint64_t done = 0;
  return store_.ForEach(
      kHot, "", [&](std::string_view key, std::string_view value) -> absl::Status {
        Step("hot records", ++done);
        const absl::StatusOr<EntityId> id = DecodeEntityKey(key);
        if (!id.ok() || !DecodeHot(id->kind, value).ok()) {
          Report(ProblemKind::kHot, KeyText(kHot, key), "cannot be read");
        } else if (!Find(kRecords, key).has_value()) {
          Report(ProblemKind::kHot, KeyText(kHot, key),
                 absl::StrCat(EntityText(*id), " has a hot record and no record"));
        }
        return absl::OkStatus();
      });
}

// The name in the newest version that says something; nothing where none does.
absl::StatusOr<std::optional<std::string>> StoreChecker::NameOf(EntityId id) const {
  const std::string key = EntityKey(id);
  ATTLAS_ASSIGN_OR_RETURN(const auto current, store_.Get(kRecords, key));
  std::optional<std::string> name;
  const auto take = [&](std::string_view value) {
    const absl::StatusOr<StoredRecord> record = DecodeRecord(id.kind, value);
    if (!name.has_value() && record.ok() && !record->body.empty()) {
      name = NameIn(id.kind, record->body);
    }
    return absl::OkStatus();
  };
  if (current.has_value()) ATTLAS_RETURN_IF_ERROR(take(*current));
  if (name.has_value()) return name;
  ATTLAS_RETURN_IF_ERROR(store_.ForEach(
      kHistory, key, [&](std::string_view, std::string_view value) { return take(value); }));
  return name;
}

absl::Status StoreChecker::CheckNames() {
  uint64_t done = 0;
  return store_.ForEach(
      kNames, "", [&](std::string_view name, std::string_view value) -> absl::Status {
        Step("names", ++done);
        const absl::StatusOr<EntityId> id = DecodeEntity(value);
        if (!id.ok()) {
          Report(ProblemKind::kName, KeyText(kNames, name), "cannot be read");
          return absl::OkStatus();
        }
        ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> said, NameOf(*id));
        if (said != name) {
          Report(ProblemKind::kName, KeyText(kNames, name),
                 absl::StrCat("leads to ", EntityText(*id), ", which ",
                              said.has_value() ? "is called " + *said : "is not there"));
        }
        return absl::OkStatus();
      });
}

absl::StatusOr<bool> StoreChecker::SomeVersionCites(EntityId id, std::string_view source) const {
  bool cites = false;
  const auto take = [&](std::string_view value) {
    const absl::StatusOr<StoredRecord> record = DecodeRecord(id.kind, value);
    if (!record.ok()) return absl::OkStatus();
    cites = cites || (id.kind == EntityKind::kNode ? Cites<Node>(record->body, source)
                                                   : Cites<Edge>(record->body, source));
    return absl::OkStatus();
  };
  const std::string key = EntityKey(id);
  ATTLAS_ASSIGN_OR_RETURN(const auto current, store_.Get(kRecords, key));
  if (current.has_value()) ATTLAS_RETURN_IF_ERROR(take(*current));
  if (cites) return true;
  ATTLAS_RETURN_IF_ERROR(store_.ForEach(
      kHistory, key, [&](std::string_view, std::string_view value) { return take(value); }));
  return cites;
}

absl::Status StoreChecker::CheckCitations() {
  uint64_t done = 0;
  ATTLAS_RETURN_IF_ERROR(store_.ForEach(kCitations, "", [&](std::string_view, std::string_view) {
    Step("citations", ++done);
    return absl::OkStatus();
  }));
  // Those that should be there were looked up one by one; so many of them, and no others.
  if (done == report_.citations) return absl::OkStatus();
  return store_.ForEach(
      kCitations, "", [&](std::string_view key, std::string_view) -> absl::Status {
        const absl::StatusOr<EntityId> id = DecodeCitationKey(key);
        std::optional<std::string> source;
        if (id.ok()) {
          const auto ordinal = static_cast<uint32_t>(DecodeRevisionKey(key.substr(0, 4)));
          ATTLAS_ASSIGN_OR_RETURN(source, NameOf({EntityKind::kNode, ordinal}));
        }
        if (!source.has_value()) {
          Report(ProblemKind::kCitationIndex, KeyText(kCitations, key), "names no source");
          return absl::OkStatus();
        }
        ATTLAS_ASSIGN_OR_RETURN(const bool cites, SomeVersionCites(*id, *source));
        if (!cites) {
          Report(ProblemKind::kCitationIndex, KeyText(kCitations, key),
                 absl::StrCat("says that ", EntityText(*id), " cites ", *source,
                              ", which it never did"));
        }
        return absl::OkStatus();
      });
}

void StoreChecker::CheckListed(uint64_t revision, const storage::v1::CommitRecord& commit) {
  const std::string place = KeyText(kCommits, RevisionKey(revision));
  if (commit.kinds().size() != static_cast<size_t>(commit.ordinals_size())) {
    Report(ProblemKind::kChangeLog, place, "cannot be read");
    return;
  }
  std::vector<VersionId> listed;
  listed.reserve(commit.kinds().size());
  for (int i = 0; i < commit.ordinals_size(); ++i) {
    listed.push_back({revision, commit.ordinals(i),
                      static_cast<EntityKind>(commit.kinds()[static_cast<size_t>(i)])});
  }
  std::sort(listed.begin(), listed.end());
  const auto begin = std::lower_bound(versions_.begin(), versions_.end(),
                                      VersionId{revision, 0, static_cast<EntityKind>(0)});
  const auto end = std::lower_bound(begin, versions_.end(),
                                    VersionId{revision + 1, 0, static_cast<EntityKind>(0)});
  std::vector<VersionId> difference;
  std::set_difference(listed.begin(), listed.end(), begin, end, std::back_inserter(difference));
  for (const VersionId& version : difference) {
    Report(ProblemKind::kChangeLog, place,
           absl::StrCat("lists ", EntityText({version.kind, version.ordinal}),
                        ", which has no version of revision ", revision));
  }
  difference.clear();
  std::set_difference(begin, end, listed.begin(), listed.end(), std::back_inserter(difference));
  for (const VersionId& version : difference) {
    Report(ProblemKind::kChangeLog, place,
           absl::StrCat("does not list ", EntityText({version.kind, version.ordinal}),
                        ", which has a version of revision ", revision));
  }
}

absl::Status StoreChecker::CheckCommits() {
  std::sort(versions_.begin(), versions_.end());
  uint64_t expected = 0;
  int64_t time = std::numeric_limits<int64_t>::min();
  const auto report = [&](std::string_view key, std::string what) {
    Report(ProblemKind::kChangeLog, KeyText(kCommits, key), std::move(what));
  };
  const auto miss = [&](uint64_t until) {
    while (++expected < until) {
      report(RevisionKey(expected), absl::StrCat("revision ", expected, " is missing"));
    }
  };
  ATTLAS_RETURN_IF_ERROR(
      store_.ForEach(kCommits, "", [&](std::string_view key, std::string_view value) {
        Step("revisions", expected);
        const uint64_t revision = DecodeRevisionKey(key);
        if (key.size() != 8 || revision == 0 || revision > head_.revision) {
          report(key, absl::StrCat("is revision ", revision, "; the last is ", head_.revision));
          return absl::OkStatus();
        }
        miss(revision);
        storage::v1::CommitRecord commit;
        if (!commit.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          report(key, "cannot be read");
          return absl::OkStatus();
        }
        if (commit.commit_time_us() <= time) {
          report(key, absl::StrCat("revision ", revision, " is not later than the one before it"));
        }
        time = commit.commit_time_us();
        if (commit.redacted_by() > head_.revision) {
          report(key,
                 absl::StrCat("names a redaction that did not happen, ", commit.redacted_by()));
        }
        commit_times_.resize(revision + 1);
        commit_times_[revision] = time;
        CheckListed(revision, commit);
        return absl::OkStatus();
      }));
  miss(head_.revision + 1);
  return absl::OkStatus();
}

absl::Status StoreChecker::CheckRequests() {
  return store_.ForEach(kRequests, "", [&](std::string_view key, std::string_view value) {
    Step("requests", ++report_.requests);
    const auto report = [&](const char* what) {
      Report(ProblemKind::kRequest, KeyText(kRequests, key), what);
    };
    storage::v1::RequestRecord request;
    if (!request.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      report("cannot be read");
      return absl::OkStatus();
    }
    if (request.body_hash().size() != kHashBytes) report("has no hash of what was asked");
    if (request.revision() == 0 || request.revision() >= commit_times_.size()) {
      report("answers with a revision that is not there");
    } else if (commit_times_[request.revision()] != request.commit_time_us()) {
      report("answers with another time than that of its revision");
    }
    return absl::OkStatus();
  });
}

}  // namespace attlas::graph
