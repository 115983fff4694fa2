// What calls read, and which revision a session has come to.
#ifndef ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_READING_H_
#define ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_READING_H_

#include <attlas/graph/v1/read_options.pb.h>

#include <concepts>
#include <memory>
#include <mutex>
#include <string>

#include "absl/time/time.h"

namespace attlas::client {

// A request that says which revision it reads, through which filter. Any other one writes.
template <typename Request>
concept Reads = requires(Request request) {
  { request.mutable_read() } -> std::same_as<graph::v1::ReadOptions*>;
};

// A write that may be repeated under its id.
template <typename Request>
concept Identified = requires(Request request) {
  request.mutable_request_id();
};

// The revision that a session has come to.
//
// Tokens of revisions cannot be compared. One that comes in replaces the one that its call set out
// with, and never one that another call brought in the meantime: that would be a step back. Writes
// of a session take turns, so that a later one has the later revision.
//
// Threads: thread-safe.
class Seen {
 public:
  // Empty at the beginning.
  std::string revision() const;
  // Takes in the revision of an answer to what was asked at `since`.
  void Read(const std::string& revision, const std::string& since);
  // Takes in the revision that a write made.
  void Wrote(const std::string& revision);
  // Held during a write.
  std::mutex& writing() { return writing_; }

 private:
  mutable std::mutex mutex_;
  std::string revision_;
  std::mutex writing_;
};

// How the calls of one view of a client are made.
struct Context {
  absl::Duration timeout;
  bool wait_for_ready = false;
  graph::v1::ReadOptions read;
  std::shared_ptr<Seen> seen = nullptr;  // None outside of a session.
};

// A random UUID (version 4).
std::string MakeRequestId();

// Fills in what the view says and the request does not. Returns the revision that the session had
// come to.
std::string Complete(const Context& context, graph::v1::ReadOptions* read);

template <typename Request>
std::string Prepare(const Context& context, Request* request) {
  if constexpr (Reads<Request>) {
    return Complete(context, request->mutable_read());
  } else {
    if constexpr (Identified<Request>) {
      if (request->request_id().empty()) request->set_request_id(MakeRequestId());
    }
    return "";
  }
}

// Takes in what an answer says of the revision.
template <typename Request, typename Response>
void Note(const Context& context, const Response& response, const std::string& since) {
  if (context.seen == nullptr) return;
  if constexpr (!Reads<Request>) {
    context.seen->Wrote(response.revision());
  } else if constexpr (requires { response.through_revision(); }) {
    context.seen->Read(response.through_revision(), since);
  } else {
    context.seen->Read(response.revision(), since);
  }
}

}  // namespace attlas::client

#endif  // ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_READING_H_
