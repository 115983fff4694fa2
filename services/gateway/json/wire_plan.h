// What WireToJson and JsonToWire know of a type of message, made from its descriptor once.
//
// Threads: immutable once made; PlanOf is thread-safe.
#ifndef ATTLAS_SERVICES_GATEWAY_JSON_WIRE_PLAN_H_
#define ATTLAS_SERVICES_GATEWAY_JSON_WIRE_PLAN_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace attlas::gateway {

struct MessagePlan;

// How a value is on the wire, and how it looks in JSON.
enum class ValueKind {
  kBool,
  kInt32,  // A varint; its lower half, with a sign.
  kUint32,
  kSint32,  // Zigzag.
  kInt64,   // In quotes, as are all of 64 bits.
  kUint64,
  kSint64,
  kFixed32,
  kSfixed32,
  kFixed64,
  kSfixed64,
  kFloat,
  kDouble,
  kString,
  kBytes,
  kEnum,
  kMessage,
  kTimestamp,
};

struct FieldPlan {
  int number = 0;
  std::string key;  // `"displayName":`
  ValueKind kind = ValueKind::kBool;
  bool repeated = false;
  bool has_presence = false;  // Written even where it is the default.
  bool in_oneof = false;      // Of several, of which one at most is there.
  const MessagePlan* message = nullptr;
  std::map<int32_t, std::string> enum_names;  // In quotes.
};

struct MessagePlan {
  bool supported = true;  // And all that it may hold.
  std::vector<FieldPlan> fields;
  // Places in `fields` by the number of the field, -1 for none. Numbers are small here.
  std::vector<int> by_number;

  const FieldPlan* Find(uint64_t number) const {
    if (number >= by_number.size() || by_number[number] < 0) return nullptr;
    return &fields[static_cast<size_t>(by_number[number])];
  }
};

// The plan of a type, which lives as long as the process.
const MessagePlan& PlanOf(const google::protobuf::Descriptor& type);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_JSON_WIRE_PLAN_H_
