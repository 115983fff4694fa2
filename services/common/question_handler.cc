#include "services/common/question_handler.h"

#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/slice.h>

#include <cstdlib>
#include <optional>
#include <utility>

#include "services/common/answer_key.h"
#include "services/common/undecodable_request.h"

namespace attlas::services {
namespace {

graph::Date TodayUnlessNamed(const graph::v1::ReadOptions& read) {
  return read.has_as_of() ? graph::Date() : graph::Today();
}

bool IsSameDay(const graph::Date& a, const graph::Date& b) {
  return a.year() == b.year() && a.month() == b.month() && a.day() == b.day();
}

}  // namespace

AnswerPlace::AnswerPlace(const Method& method, const GraphApi& graph, const CallContext& context,
                         const graph::v1::ReadOptions& read,
                         const google::protobuf::Message& request)
    : cache_(&method.runtime()->answers()),
      generation_(cache_->generation()),
      today_(TodayUnlessNamed(read)) {
  if (!cache_->enabled()) return;
  std::optional<std::string> revision = graph.KnownRevision(read);
  if (!revision.has_value()) return;
  revision_ = *std::move(revision);
  key_ = AnswerKey({.method = method.full_name(),
                    .revision = revision_,
                    .today = today_,
                    .clearance = context.clearance,
                    .request = request});
}

AnswerCache::Answer AnswerPlace::Find() const {
  return key_.empty() ? nullptr : cache_->Find(key_);
}

void AnswerPlace::Keep(std::string_view revision, const grpc::ByteBuffer& answer) const {
  if (key_.empty() || revision != revision_) return;
  if (today_.year() != 0 && !IsSameDay(today_, graph::Today())) return;
  cache_->Insert(key_, std::make_shared<const grpc::ByteBuffer>(answer), generation_);
}

absl::Status ReadMessage(const grpc::ByteBuffer& bytes, google::protobuf::Message* message) {
  grpc::ByteBuffer shared = bytes;  // Reading uses up the buffer, which belongs to gRPC.
  grpc::ProtoBufferReader reader(&shared);
  if (!reader.status().ok() || !message->ParseFromZeroCopyStream(&reader)) {
    return UndecodableRequest();
  }
  return absl::OkStatus();
}

grpc::ByteBuffer WriteMessage(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.ByteSizeLong());
  // A slice is written through its bytes once, before anything else refers to them.
  auto* const begin = const_cast<uint8_t*>(slice.begin());
  message.SerializeWithCachedSizesToArray(begin);
  return grpc::ByteBuffer(&slice, 1);
}

grpc::ByteBuffer AdoptBytes(OwnedBytes bytes) {
  const size_t size = bytes.size;
  const grpc::Slice slice(bytes.data.release(), size, std::free);
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace attlas::services
