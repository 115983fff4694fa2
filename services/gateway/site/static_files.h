// The built page: files of a folder, held in memory and sent as they are.
//
// What: reads a folder once, with the gzip form, the type and the tag of each file. Files whose
// name holds a hash of their contents are kept by browsers for good, all others are asked for anew,
// which costs 304 where they are the same. When not: for folders of users: all of it is public.
// Threads: immutable once made; thread-safe.
#ifndef ATTLAS_SERVICES_GATEWAY_SITE_STATIC_FILES_H_
#define ATTLAS_SERVICES_GATEWAY_SITE_STATIC_FILES_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/gateway/http/http_message.h"

namespace attlas::gateway {

class StaticFiles {
 public:
  // Reads the regular files of `directory` and of the folders in it; symbolic links and names that
  // begin with a dot are left out. INVALID_ARGUMENT where there is no index.html, or more than is
  // held in memory (10,000 files, 256 MiB).
  static absl::StatusOr<std::shared_ptr<const StaticFiles>> Load(const std::string& directory);

  // What tells one state of the folder from another, by names, sizes and times alone; empty where
  // it cannot be read.
  static std::string StateOf(const std::string& directory);

  // The answer to a GET or HEAD of `path`. Null where there is no such file and it is no place in
  // the page either: those have no dot in their last part, and get index.html.
  std::unique_ptr<HttpResponse> Serve(const HttpRequest& request, std::string_view path) const;

 private:
  struct File {
    std::string type;
    std::string etag;
    bool is_document = false;
    bool never_changes = false;
    std::shared_ptr<const std::string> bytes;
    std::shared_ptr<const std::string> gzip;  // Null where that is no shorter.
  };

  static File MakeFile(std::string_view path, std::string bytes);
  const File* Find(std::string_view path) const;

  std::map<std::string, File, std::less<>> files_;  // By path, such as `/assets/app-1a2b3c4d.js`.
};

// The content type of a file by its name.
std::string_view ContentTypeOf(std::string_view path);

// Whether the name of a file holds a hash, as in `/assets/app-1a2b3c4d.js`.
bool IsHashedName(std::string_view path);

// Whether `if-none-match` names `etag`, weak or strong, or all.
bool MatchesTag(std::string_view if_none_match, std::string_view etag);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_SITE_STATIC_FILES_H_
