#include "graph/store/store_check.h"

#include <rocksdb/env.h>
#include <rocksdb/sst_file_reader.h>

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/store/rocks_options.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_checker.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

// How often progress is told.
constexpr uint64_t kStep = 10'000;

constexpr char kRestore[] =
    "restore the newest backup that `attlas backup verify` finds whole, to a revision if need be";
constexpr char kRestoreIndex[] =
    "the records are whole, their index is not: restore the newest whole backup; until then "
    "answers "
    "may lack this";
constexpr char kCorrect[] = "correct the statement with a commit, or delete it";

// The lock of a store, which a daemon has while it runs.
class StoreLock {
 public:
  ~StoreLock() {
    if (lock_ != nullptr) rocksdb::Env::Default()->UnlockFile(lock_).PermitUncheckedError();
  }
  absl::Status Take(const std::string& path) {
    const rocksdb::Status status = rocksdb::Env::Default()->LockFile(path + "/LOCK", &lock_);
    const absl::Status taken =
        FromRocks(status, absl::StrCat("checking the store in '", path, "'"));
    // What may not be written is open nowhere else.
    return absl::IsPermissionDenied(taken) ? absl::OkStatus() : taken;
  }

 private:
  rocksdb::FileLock* lock_ = nullptr;
};

}  // namespace

std::string_view ProblemKindName(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::kFile:
      return "file";
    case ProblemKind::kRecord:
      return "record";
    case ProblemKind::kHead:
      return "head";
    case ProblemKind::kOntology:
      return "ontology";
    case ProblemKind::kStatement:
      return "statement";
    case ProblemKind::kSpace:
      return "space";
    case ProblemKind::kHot:
      return "hot-record";
    case ProblemKind::kName:
      return "name";
    case ProblemKind::kDerivedName:
      return "derived-name";
    case ProblemKind::kInterval:
      return "interval";
    case ProblemKind::kCitation:
      return "citation";
    case ProblemKind::kCitationIndex:
      return "citation-index";
    case ProblemKind::kAdjacency:
      return "adjacency";
    case ProblemKind::kHistory:
      return "history";
    case ProblemKind::kChangeLog:
      return "change-log";
    case ProblemKind::kRequest:
      return "request";
  }
  return "";
}

std::string_view ProblemRemedy(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::kStatement:
    case ProblemKind::kInterval:
      return kCorrect;
    case ProblemKind::kHot:
    case ProblemKind::kName:
    case ProblemKind::kCitationIndex:
    case ProblemKind::kAdjacency:
      return kRestoreIndex;
    default:
      return kRestore;
  }
}

std::string KeyText(ColumnFamily which, std::string_view key) {
  const bool printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 127; });
  return absl::StrCat(
      kColumnFamilyNames[which], "/",
      printable ? std::string(key) : absl::StrCat("0x", absl::BytesToHexString(ToAbsl(key))));
}

void StoreChecker::Report(ProblemKind kind, std::string place, std::string what) {
  ++report_.problem_count;
  if (report_.problems.size() >= options_.most_problems) return;
  report_.problems.push_back({kind, std::move(place), std::move(what)});
}

void StoreChecker::Step(std::string_view part, uint64_t done) {
  if (options_.progress && done % kStep == 0) options_.progress(part, done);
}

absl::Status StoreChecker::CheckFiles() {
  std::vector<rocksdb::LiveFileMetaData> files;
  store_.db().GetLiveFilesMetaData(&files);
  const rocksdb::Options options = MakeRocksOptions(size_t{8} << 20, nullptr);
  for (const rocksdb::LiveFileMetaData& file : files) {
    if (options_.progress) options_.progress("files", report_.files);
    ++report_.files;
    rocksdb::SstFileReader reader(options);
    rocksdb::Status status = reader.Open(file.db_path + file.name);
    if (status.ok()) status = reader.VerifyChecksum();
    if (status.ok()) continue;
    Report(ProblemKind::kFile, absl::StrCat(file.column_family_name, file.name), status.ToString());
  }
  return absl::OkStatus();
}

absl::Status StoreChecker::CheckMeta() {
  ATTLAS_ASSIGN_OR_RETURN(const auto format, store_.Get(kMeta, kFormatKey));
  if (format != kFormatVersion) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the store in '", path_, "' has format ", format.value_or("none"),
        "; this program checks format ", std::string(kFormatVersion),
        format == kFormatWithoutCitations ? ", to which an opening for writing brings it" : ""));
  }
  ATTLAS_ASSIGN_OR_RETURN(const auto id, store_.Get(kMeta, kStoreIdKey));
  if (id.value_or("").size() != 16) {
    Report(ProblemKind::kHead, KeyText(kMeta, kStoreIdKey), "the store has no id");
  }
  absl::StatusOr<StoreHead> head = store_.Head();
  if (!head.ok()) {
    Report(ProblemKind::kHead, KeyText(kMeta, kHeadKey), "cannot be read");
  } else {
    head_ = *head;
  }
  report_.revision = head_.revision;
  return store_.ForEach(
      kMeta, kOntologyPrefix, [&](std::string_view key, std::string_view value) -> absl::Status {
        const auto report = [&](std::string what) {
          Report(ProblemKind::kOntology, KeyText(kMeta, key), std::move(what));
        };
        v1::Ontology proto;
        if (!proto.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          report("cannot be read");
          return absl::OkStatus();
        }
        auto index = OntologyIndex::Create(std::move(proto));
        if (!index.ok()) {
          report(std::string(index.status().message()));
          return absl::OkStatus();
        }
        if (DecodeRevisionKey(key.substr(kOntologyPrefix.size())) > head_.revision) {
          report("is of a revision later than the last");
        }
        if (ontology_ != nullptr) {
          if (absl::Status next = ontology_->CheckSuccessor(**index); !next.ok()) {
            report(std::string(next.message()));
          }
        }
        ontology_ = *std::move(index);
        return absl::OkStatus();
      });
}

absl::Status StoreChecker::CheckSpaces() {
  return store_.ForEach(kMeta, kSpacePrefix, [&](std::string_view key, std::string_view value) {
    const uint64_t number = DecodeRevisionKey(key.substr(kSpacePrefix.size()));
    if (number != spaces_.size()) {
      Report(ProblemKind::kSpace, KeyText(kMeta, key),
             absl::StrCat("is space ", number, ", where ", spaces_.size(), " should follow"));
    }
    spaces_.emplace_back(value);
    return absl::OkStatus();
  });
}

absl::StatusOr<StoreCheckReport> StoreChecker::Run() {
  ATTLAS_RETURN_IF_ERROR(CheckMeta());
  ATTLAS_RETURN_IF_ERROR(CheckFiles());
  // A block that cannot be read ends the walk over its column family; the others are still worth
  // their check.
  const auto run = [&](absl::Status (StoreChecker::*check)(), ColumnFamily which) {
    const absl::Status status = (this->*check)();
    if (!status.ok()) {
      Report(ProblemKind::kFile, kColumnFamilyNames[which], std::string(status.message()));
    }
  };
  run(&StoreChecker::CheckSpaces, kMeta);
  run(&StoreChecker::CheckEntities, kRecords);
  run(&StoreChecker::CheckHotRecords, kHot);
  run(&StoreChecker::CheckNames, kNames);
  run(&StoreChecker::CheckCitations, kCitations);
  run(&StoreChecker::CheckCommits, kCommits);
  run(&StoreChecker::CheckRequests, kRequests);
  if (!failed_.ok()) {
    Report(ProblemKind::kFile, "the store", std::string(failed_.message()));
  }
  return std::move(report_);
}

absl::StatusOr<StoreCheckReport> CheckStore(const std::string& path,
                                            const StoreCheckOptions& options) {
  {
    rocksdb::Env* const env = rocksdb::Env::Default();
    // Taking the lock would make the folder of one that is not there.
    if (!env->FileExists(path + "/CURRENT").ok()) {
      return absl::NotFoundError(absl::StrCat("no store in '", path, "'"));
    }
  }
  StoreLock lock;
  ATTLAS_RETURN_IF_ERROR(lock.Take(path));
  ATTLAS_ASSIGN_OR_RETURN(const auto store, RawStore::Open(path, /*read_only=*/true));
  return StoreChecker(*store, path, options).Run();
}

}  // namespace attlas::graph
