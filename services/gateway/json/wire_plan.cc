#include "services/gateway/json/wire_plan.h"

#include <memory>
#include <unordered_map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/descriptor.pb.h"

namespace attlas::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kMostNumber = 4'096;
constexpr char kTimestamp[] = "google.protobuf.Timestamp";

ValueKind KindOf(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_BOOL:
      return ValueKind::kBool;
    case FieldDescriptor::TYPE_INT32:
      return ValueKind::kInt32;
    case FieldDescriptor::TYPE_UINT32:
      return ValueKind::kUint32;
    case FieldDescriptor::TYPE_SINT32:
      return ValueKind::kSint32;
    case FieldDescriptor::TYPE_INT64:
      return ValueKind::kInt64;
    case FieldDescriptor::TYPE_UINT64:
      return ValueKind::kUint64;
    case FieldDescriptor::TYPE_SINT64:
      return ValueKind::kSint64;
    case FieldDescriptor::TYPE_FIXED32:
      return ValueKind::kFixed32;
    case FieldDescriptor::TYPE_SFIXED32:
      return ValueKind::kSfixed32;
    case FieldDescriptor::TYPE_FIXED64:
      return ValueKind::kFixed64;
    case FieldDescriptor::TYPE_SFIXED64:
      return ValueKind::kSfixed64;
    case FieldDescriptor::TYPE_FLOAT:
      return ValueKind::kFloat;
    case FieldDescriptor::TYPE_DOUBLE:
      return ValueKind::kDouble;
    case FieldDescriptor::TYPE_STRING:
      return ValueKind::kString;
    case FieldDescriptor::TYPE_BYTES:
      return ValueKind::kBytes;
    case FieldDescriptor::TYPE_ENUM:
      return ValueKind::kEnum;
    default:
      return field.message_type()->full_name() == kTimestamp ? ValueKind::kTimestamp
                                                             : ValueKind::kMessage;
  }
}

// Forms that are left to protobuf.
bool IsSpecial(const FieldDescriptor& field) {
  if (field.is_map() || field.type() == FieldDescriptor::TYPE_GROUP) return true;
  if (field.number() > kMostNumber) return true;
  // Null is a value of JSON alone.
  if (field.enum_type() != nullptr) {
    return field.enum_type()->full_name() == "google.protobuf.NullValue";
  }
  return field.message_type() != nullptr && field.message_type()->full_name() != kTimestamp &&
         field.message_type()->full_name().starts_with("google.protobuf.");
}

class Plans {
 public:
  const MessagePlan& Of(const Descriptor& type) ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      const absl::ReaderMutexLock lock(&mutex_);
      const auto found = plans_.find(&type);
      if (found != plans_.end()) return *found->second;
    }
    const absl::MutexLock lock(&mutex_);
    Make(type);
    Spread();
    return *plans_.at(&type);
  }

 private:
  const MessagePlan* Make(const Descriptor& type) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const auto known = plans_.find(&type);
    if (known != plans_.end()) return known->second.get();
    MessagePlan* const plan =
        plans_.emplace(&type, std::make_unique<MessagePlan>()).first->second.get();
    plan->supported = !type.full_name().starts_with("google.protobuf.");
    plan->fields.reserve(static_cast<size_t>(type.field_count()));
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (IsSpecial(field)) {
        plan->supported = false;
        continue;
      }
      AddField(field, plan);
    }
    return plan;
  }
  void AddField(const FieldDescriptor& field, MessagePlan* plan)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    FieldPlan made{.number = field.number(),
                   .key = absl::StrCat("\"", field.json_name(), "\":"),
                   .kind = KindOf(field),
                   .repeated = field.is_repeated(),
                   .has_presence = field.has_presence(),
                   .in_oneof = field.real_containing_oneof() != nullptr};
    if (made.kind == ValueKind::kMessage) made.message = Make(*field.message_type());
    for (int i = 0; made.kind == ValueKind::kEnum && i < field.enum_type()->value_count(); ++i) {
      const auto* value = field.enum_type()->value(i);
      made.enum_names.emplace(value->number(), absl::StrCat("\"", value->name(), "\""));
    }
    const auto number = static_cast<size_t>(field.number());
    if (plan->by_number.size() <= number) plan->by_number.resize(number + 1, -1);
    plan->by_number[number] = static_cast<int>(plan->fields.size());
    plan->fields.push_back(std::move(made));
  }
  // Takes from a type what any type within it lacks, until there is no more to take.
  void Spread() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    bool changed = true;
    while (changed) {
      changed = false;
      for (const auto& [type, plan] : plans_) {
        for (const FieldPlan& field : plan->fields) {
          if (!plan->supported || field.message == nullptr || field.message->supported) continue;
          plan->supported = false;
          changed = true;
        }
      }
    }
  }

  absl::Mutex mutex_;
  std::unordered_map<const Descriptor*, std::unique_ptr<MessagePlan>> plans_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace

const MessagePlan& PlanOf(const Descriptor& type) {
  static auto* const plans = new Plans();
  return plans->Of(type);
}

}  // namespace attlas::gateway
