#include "services/access/audit_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"

namespace attlas::services {
namespace {

constexpr char kHeadFile[] = "/head";
constexpr std::string_view kPrefix = "audit-";
constexpr std::string_view kSuffix = ".jsonl";

absl::Status CannotWrite(const std::string& path) {
  return absl::UnavailableError(absl::StrCat("cannot write ", path, ": ", std::strerror(errno)));
}

// Follows the chain from line to line.
class Follower {
 public:
  explicit Follower(const std::vector<AuditHead>& anchors) {
    for (const AuditHead& anchor : anchors) expected_.emplace(anchor.number, anchor.hash);
  }

  void Take(const std::string& place, std::string_view text) {
    const std::optional<AuditLine> line = ParseAuditLine(text);
    if (!line.has_value()) return Fault(place, "is no record");
    ++report_.records;
    if (!line->hash_is_right) Fault(place, "was altered: its hash is another");
    if (line->head.number != report_.head.number + 1) {
      Fault(place, absl::StrCat("is record ", line->head.number, ", where ",
                                report_.head.number + 1, " should follow"));
    } else if (line->previous != report_.head.hash) {
      Fault(place, "does not follow the record before it");
    }
    const auto anchor = expected_.find(line->head.number);
    if (anchor != expected_.end()) {
      if (anchor->second != line->head.hash) Fault(place, "is another than the one that was noted");
      expected_.erase(anchor);
    }
    report_.head = line->head;
  }
  void Fault(const std::string& place, const std::string& what) {
    if (report_.faults.size() < kMostFaults) report_.faults.push_back({place, what});
  }
  AuditReport Finish() {
    for (const auto& [number, hash] : expected_) {
      if (number == 0) continue;
      Fault("end", absl::StrCat("record ", number, " is not there: the log was cut short"));
    }
    return std::move(report_);
  }

 private:
  std::map<uint64_t, std::string> expected_;
  AuditReport report_;
};

}  // namespace

std::string AuditFileName(absl::Time time) {
  return absl::StrCat("audit-", absl::FormatTime("%Y-%m-%d", time, absl::UTCTimeZone()), ".jsonl");
}

absl::StatusOr<std::vector<std::string>> ListAuditFiles(const std::string& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  if (error) {
    return absl::NotFoundError(absl::StrCat("cannot read ", folder, ": ", error.message()));
  }
  std::vector<std::string> files;
  for (const auto& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(kPrefix) && name.ends_with(kSuffix)) {
      files.push_back(absl::StrCat(folder, "/", name));
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

absl::StatusOr<AuditHead> ReadAuditHead(const std::string& folder) {
  std::ifstream file(folder + kHeadFile);
  if (!file) return AuditHead::Beginning();
  std::string text;
  std::getline(file, text);
  std::optional<AuditHead> head = ParseAuditHead(text);
  if (head.has_value()) return *std::move(head);
  return absl::DataLossError(absl::StrCat(folder, kHeadFile, " is damaged"));
}

absl::Status WriteAuditHead(const std::string& folder, const AuditHead& head) {
  const std::string path = folder + kHeadFile;
  const std::string beside = path + ".new";
  const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return CannotWrite(beside);
  const std::string text = FormatAuditHead(head) + "\n";
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (close(file) != 0 || !written) return CannotWrite(beside);
  if (std::rename(beside.c_str(), path.c_str()) != 0) return CannotWrite(path);
  return absl::OkStatus();
}

absl::StatusOr<AuditReport> VerifyAuditLog(const std::string& folder,
                                           const std::vector<AuditHead>& anchors) {
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<std::string> files, ListAuditFiles(folder));
  const absl::StatusOr<AuditHead> head = ReadAuditHead(folder);
  std::vector<AuditHead> expected = anchors;
  if (head.ok()) expected.push_back(*head);
  Follower follower(expected);
  if (!head.ok()) follower.Fault("head", "is damaged");
  for (const std::string& path : files) {
    std::ifstream file(path, std::ios::binary);
    std::string line;
    size_t number = 0;
    while (std::getline(file, line)) {
      const std::string place = absl::StrCat(path, ":", ++number);
      if (file.eof()) {
        follower.Fault(place, "was cut off in the middle");
      } else {
        follower.Take(place, line);
      }
    }
  }
  return follower.Finish();
}

}  // namespace attlas::services
