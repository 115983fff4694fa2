#include "attlas/client/reading.h"

#include <array>
#include <cstdint>
#include <random>

#include "absl/strings/str_format.h"

namespace attlas::client {

std::string Seen::revision() const {
  const std::lock_guard lock(mutex_);
  return revision_;
}

void Seen::Read(const std::string& revision, const std::string& since) {
  const std::lock_guard lock(mutex_);
  if (!revision.empty() && revision_ == since) revision_ = revision;
}

void Seen::Wrote(const std::string& revision) {
  const std::lock_guard lock(mutex_);
  if (!revision.empty()) revision_ = revision;
}

std::string MakeRequestId() {
  std::random_device random;
  std::array<uint32_t, 4> bits = {random(), random(), random(), random()};
  bits[1] = (bits[1] & 0xffff0fffU) | 0x00004000U;  // The version.
  bits[2] = (bits[2] & 0x3fffffffU) | 0x80000000U;  // The variant.
  return absl::StrFormat("%08x-%04x-%04x-%04x-%04x%08x", bits[0], bits[1] >> 16, bits[1] & 0xffff,
                         bits[2] >> 16, bits[2] & 0xffff, bits[3]);
}

std::string Complete(const Context& context, graph::v1::ReadOptions* read) {
  graph::v1::ReadOptions joined = context.read;
  // What the request says counts more; of a oneof it replaces the other choice.
  joined.MergeFrom(*read);
  std::string since = context.seen == nullptr ? "" : context.seen->revision();
  if (!since.empty() && joined.revision_case() == graph::v1::ReadOptions::REVISION_NOT_SET) {
    joined.set_at_least_revision(since);
  }
  *read = joined;
  return since;
}

}  // namespace attlas::client
