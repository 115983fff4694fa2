#include "services/gateway/site/static_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/access/sha256.h"
#include "services/gateway/http/compression.h"
#include "services/gateway/http/page_headers.h"

namespace attlas::gateway {
namespace {

namespace fs = std::filesystem;
using graph::ToAbsl;

constexpr char kIndex[] = "/index.html";
constexpr size_t kMostFiles = 10'000;
constexpr size_t kMostBytes = size_t{256} << 20;
constexpr size_t kTagBytes = 16;
constexpr size_t kHashLength = 8;  // The shortest that bundlers write.
constexpr char kForGood[] = "public, max-age=31536000, immutable";
constexpr char kAskAnew[] = "no-cache";

struct Found {
  std::string path;  // As in a request.
  fs::path file;
  uintmax_t size = 0;
  int64_t changed = 0;
};

bool IsHidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

absl::StatusOr<std::vector<Found>> List(const std::string& directory) {
  std::vector<Found> found;
  std::error_code error;
  fs::recursive_directory_iterator entry(directory, error);
  const fs::recursive_directory_iterator end;
  while (!error && entry != end) {
    if (IsHidden(entry->path())) {
      entry.disable_recursion_pending();
    } else if (!entry->is_symlink(error) && entry->is_regular_file(error)) {
      const fs::file_time_type changed = entry->last_write_time(error);
      found.push_back({absl::StrCat("/", fs::relative(entry->path(), directory, error).string()),
                       entry->path(), entry->file_size(error),
                       static_cast<int64_t>(changed.time_since_epoch().count())});
    }
    if (!error) entry.increment(error);
  }
  if (error) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot read --web_dir ", directory, ": ", error.message()));
  }
  std::sort(found.begin(), found.end(),
            [](const Found& a, const Found& b) { return a.path < b.path; });
  return found;
}

absl::StatusOr<std::string> Contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!file.good() && !file.eof()) {
    return absl::InvalidArgumentError(absl::StrCat("cannot read ", path.string()));
  }
  return bytes;
}

bool IsText(std::string_view type) {
  return type.starts_with("text/") || type.find("json") != std::string_view::npos ||
         type.find("xml") != std::string_view::npos || type == "application/wasm";
}

std::string_view LastPart(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Whether a path may be a place in the page, which reads it itself.
bool IsPlaceInPage(std::string_view path) {
  const std::string_view first = path.substr(1, path.find('/', 1) - 1);
  return LastPart(path).find('.') == std::string_view::npos &&
         first.find('.') == std::string_view::npos && first != "assets";
}

}  // namespace

std::string_view ContentTypeOf(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".topojson", "application/json"},
      {".geojson", "application/geo+json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".wasm", "application/wasm"},
      {".txt", "text/plain; charset=utf-8"},
      {".xml", "application/xml"},
      {".pdf", "application/pdf"}};
  const std::string lower = absl::AsciiStrToLower(ToAbsl(path));
  for (const auto& [ending, type] : kTypes) {
    if (lower.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

bool IsHashedName(std::string_view path) {
  if (!path.starts_with("/assets/")) return false;
  std::string_view name = LastPart(path);
  name = name.substr(0, name.find('.'));
  if (name.size() <= kHashLength || name[name.size() - kHashLength - 1] != '-') return false;
  const std::string_view hash = name.substr(name.size() - kHashLength);
  return std::all_of(hash.begin(), hash.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  });
}

bool MatchesTag(std::string_view if_none_match, std::string_view etag) {
  for (absl::string_view tag : absl::StrSplit(ToAbsl(if_none_match), ',')) {
    tag = absl::StripPrefix(absl::StripAsciiWhitespace(tag), "W/");
    if (tag == "*" || tag == ToAbsl(etag)) return true;
  }
  return false;
}

StaticFiles::File StaticFiles::MakeFile(std::string_view path, std::string bytes) {
  File file;
  file.type = ContentTypeOf(path);
  file.is_document = file.type.starts_with("text/html");
  file.never_changes = IsHashedName(path);
  file.etag = absl::StrCat(
      "\"", absl::BytesToHexString(services::Sha256(bytes).substr(0, kTagBytes)), "\"");
  if (IsText(file.type)) {
    std::string gzip = Gzip(bytes, Effort::kBest);
    if (gzip.size() < bytes.size()) file.gzip = std::make_shared<std::string>(std::move(gzip));
  }
  file.bytes = std::make_shared<std::string>(std::move(bytes));
  return file;
}

absl::StatusOr<std::shared_ptr<const StaticFiles>> StaticFiles::Load(const std::string& directory) {
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<Found> found, List(directory));
  auto loaded = std::make_shared<StaticFiles>();
  size_t total = 0;
  for (const Found& entry : found) {
    total += entry.size;
    if (total > kMostBytes || found.size() > kMostFiles) {
      return absl::InvalidArgumentError(
          absl::StrCat("--web_dir ", directory, " holds more than a page does"));
    }
    ATTLAS_ASSIGN_OR_RETURN(std::string bytes, Contents(entry.file));
    loaded->files_[entry.path] = MakeFile(entry.path, std::move(bytes));
  }
  if (loaded->Find(kIndex) == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("--web_dir ", directory, " holds no index.html; is the page built?"));
  }
  return loaded;
}

std::string StaticFiles::StateOf(const std::string& directory) {
  const absl::StatusOr<std::vector<Found>> found = List(directory);
  if (!found.ok()) return {};
  std::string state;
  for (const Found& entry : *found) {
    absl::StrAppend(&state, entry.path, " ", entry.size, " ", entry.changed, "\n");
  }
  return state;
}

const StaticFiles::File* StaticFiles::Find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

std::unique_ptr<HttpResponse> StaticFiles::Serve(const HttpRequest& request,
                                                 std::string_view path) const {
  const File* file = Find(path);
  if (file == nullptr && IsPlaceInPage(path)) file = Find(kIndex);
  if (file == nullptr) return nullptr;
  auto response = std::make_unique<HttpResponse>();
  Headers& headers = response->headers;
  headers.Add("content-type", file->type);
  headers.Add("cache-control", file->never_changes ? kForGood : kAskAnew);
  headers.Add("etag", file->etag);
  AddSafetyHeaders(&headers);
  if (file->is_document) AddDocumentHeaders(&headers);
  if (file->gzip != nullptr) headers.Add("vary", "accept-encoding");
  if (MatchesTag(request.headers.Get("if-none-match"), file->etag)) {
    response->status = 304;
    return response;
  }
  const bool gzip = file->gzip != nullptr && AcceptsGzip(request.headers.Get("accept-encoding"));
  if (gzip) headers.Add("content-encoding", kGzip);
  response->shared_body = gzip ? file->gzip : file->bytes;
  return response;
}

}  // namespace attlas::gateway
