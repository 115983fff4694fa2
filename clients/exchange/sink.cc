#include "clients/exchange/sink.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"

namespace attlas::exchange {
namespace {

namespace fs = std::filesystem;
using graph::ToAbsl;

// All that an export puts at the top of its folder.
constexpr std::array<std::string_view, 8> kOfAnExport = {"datapackage.json",
                                                         "edges",
                                                         "names.csv",
                                                         "node-citations.csv",
                                                         "nodes",
                                                         "ontology.textproto",
                                                         "statements.csv",
                                                         "statement-citations.csv"};

bool IsOfAnExport(const std::string& name) {
  for (const std::string_view known : kOfAnExport) {
    if (name == known) return true;
  }
  return false;
}

// `folder/` is `folder`.
std::string WithoutTrailingSlash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

// The rights that a new file or folder of this process has.
mode_t Rights(mode_t all) {
  const mode_t mask = umask(0);
  umask(mask);
  return all & ~mask;
}

}  // namespace

absl::Status CannotWrite(std::string_view path, std::string_view why) {
  return graph::MakeError(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("cannot write ", ToAbsl(path), ": ", ToAbsl(why)),
      {.reason = "STORAGE_UNAVAILABLE", .metadata = {{"path", std::string(path)}}});
}

FileSink::FileSink(std::string path) : path_(std::move(path)) {}

FileSink::~FileSink() {
  if (file_ >= 0) close(file_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

absl::Status FileSink::Open() {
  std::string name = path_ + ".partial-XXXXXX";
  file_ = mkostemp(name.data(), O_CLOEXEC);
  if (file_ < 0) return CannotWrite(path_, std::strerror(errno));
  temporary_ = name;
  if (fchmod(file_, Rights(0666)) != 0) return CannotWrite(path_, std::strerror(errno));
  return absl::OkStatus();
}

absl::Status FileSink::Write(std::string_view text) {
  if (file_ < 0) ATTLAS_RETURN_IF_ERROR(Open());
  while (!text.empty()) {
    const ssize_t written = write(file_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return CannotWrite(path_, std::strerror(errno));
    text.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status FileSink::Publish() {
  if (file_ < 0) ATTLAS_RETURN_IF_ERROR(Open());
  const bool synced = fsync(file_) == 0;
  const bool closed = close(std::exchange(file_, -1)) == 0;
  if (!synced || !closed || rename(temporary_.c_str(), path_.c_str()) != 0) {
    return CannotWrite(path_, std::strerror(errno));
  }
  temporary_.clear();
  return absl::OkStatus();
}

StagedDirectory::StagedDirectory(std::string path) : path_(WithoutTrailingSlash(std::move(path))) {}

StagedDirectory::~StagedDirectory() {
  std::error_code ignored;
  if (!staging_.empty()) fs::remove_all(staging_, ignored);
}

absl::Status StagedDirectory::Create() {
  std::error_code error;
  if (fs::exists(path_, error)) {
    for (fs::directory_iterator it(path_, error), end; !error && it != end; it.increment(error)) {
      const std::string name = it->path().filename().string();
      if (IsOfAnExport(name)) continue;
      return CannotWrite(path_, absl::StrCat("it holds `", name,
                                             "`, which is no part of an export; name another "
                                             "folder, or empty it"));
    }
  }
  const fs::path parent = fs::path(path_).parent_path();
  if (!error && !parent.empty()) fs::create_directories(parent, error);
  if (error) return CannotWrite(path_, error.message());
  std::string name = path_ + ".partial-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) return CannotWrite(path_, std::strerror(errno));
  staging_ = name;
  if (chmod(staging_.c_str(), Rights(0777)) != 0) return CannotWrite(path_, std::strerror(errno));
  return absl::OkStatus();
}

absl::Status StagedDirectory::Publish() {
  // An empty folder in its place gives way to a rename; any other is exchanged, and removed as what
  // was not published.
  if (rename(staging_.c_str(), path_.c_str()) == 0) {
    staging_.clear();
    return absl::OkStatus();
  }
  if (errno != ENOTEMPTY && errno != EEXIST) return CannotWrite(path_, std::strerror(errno));
  if (renameat2(AT_FDCWD, staging_.c_str(), AT_FDCWD, path_.c_str(), RENAME_EXCHANGE) == 0) {
    return absl::OkStatus();
  }
  // Some file systems exchange nothing.
  const std::string earlier = staging_ + ".earlier";
  if (rename(path_.c_str(), earlier.c_str()) != 0) return CannotWrite(path_, std::strerror(errno));
  if (rename(staging_.c_str(), path_.c_str()) != 0) {
    const int why = errno;
    (void)rename(earlier.c_str(), path_.c_str());
    return CannotWrite(path_, std::strerror(why));
  }
  staging_ = earlier;
  return absl::OkStatus();
}

}  // namespace attlas::exchange
