// A response that holds records which other readers hold too, without a copy of them.
//
// What: the message lies on an arena of its own, which does not free what is only lent to it; the
// shares of the records are kept beside it. Whoever has the response reads it and no more.
// When not: for a response that its reader goes on to change or to keep for long.
// Threads: immutable once it was given away; then safe from any thread. Movable, not copyable.
//
// Example:
//   SharedResponse<v1::BatchGetNodesResponse> response;
//   response.Lend(node, response.mutable_message()->mutable_nodes());
//   return response;   // read as `response->nodes(0)`
#ifndef ATTLAS_SERVICES_COMMON_SHARED_RESPONSE_H_
#define ATTLAS_SERVICES_COMMON_SHARED_RESPONSE_H_

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "google/protobuf/arena.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "graph/records/record.h"

namespace attlas::services {

template <typename Message>
class SharedResponse {
 public:
  SharedResponse() : state_(std::make_unique<State>()) {}

  const Message& operator*() const { return *state_->message; }
  const Message* operator->() const { return state_->message; }

  // For whoever makes the response. The records that were lent to it must not be changed: they may
  // be put in another place of their list, or left out.
  Message* mutable_message() { return state_->message; }

  // Adds a record to a list of the response.
  void Lend(const graph::SharedNode& node, google::protobuf::RepeatedPtrField<graph::Node>* list) {
    LendTo(node, &state_->nodes, list);
  }
  void Lend(const graph::SharedEdge& edge, google::protobuf::RepeatedPtrField<graph::Edge>* list) {
    LendTo(edge, &state_->edges, list);
  }

 private:
  struct State {
    State() : arena(Options()), message(google::protobuf::Arena::CreateMessage<Message>(&arena)) {}
    static google::protobuf::ArenaOptions Options() {
      google::protobuf::ArenaOptions options;
      options.start_block_size = 2 << 10;
      options.max_block_size = 64 << 10;
      return options;
    }

    std::vector<graph::SharedNode> nodes;
    std::vector<graph::SharedEdge> edges;
    google::protobuf::Arena arena;
    Message* const message;
  };

  template <typename Record>
  static void LendTo(const graph::Shared<Record>& record, std::vector<graph::Shared<Record>>* kept,
                     google::protobuf::RepeatedPtrField<Record>* list) {
    kept->push_back(record);
    // The list is one of constant records from here on; protobuf has no type for that.
    list->UnsafeArenaAddAllocated(const_cast<Record*>(record.get()));
  }

  std::unique_ptr<State> state_;
};

// The message of an answer, whether it is shared or not.
template <typename Message>
const Message& MessageOf(const Message& message) {
  return message;
}
template <typename Message>
const Message& MessageOf(const SharedResponse<Message>& response) {
  return *response;
}

// The type of that message.
template <typename Made>
using MessageIn = std::decay_t<decltype(MessageOf(std::declval<const Made&>()))>;

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_SHARED_RESPONSE_H_
