#include "graph/model/statement.h"

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/subgraph.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "graph/base/status_macros.h"
#include "graph/base/utf8.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"
#include "graph/model/name.h"

namespace attlas::graph {
namespace {

using google::protobuf::RepeatedPtrField;

struct NamedConfidence {
  Confidence confidence;
  std::string_view name;
};

constexpr std::array<NamedConfidence, 4> kConfidences = {{
    {v1::CONFIDENCE_SEEN, "seen"},
    {v1::CONFIDENCE_STRUCTURE_SEEN, "structure-seen"},
    {v1::CONFIDENCE_RECALLED, "recalled"},
    {v1::CONFIDENCE_UNVERIFIED, "unverified"},
}};

void SortProperties(RepeatedPtrField<Property>* properties) {
  const auto by_name = [](const Property& a, const Property& b) { return a.name() < b.name(); };
  if (std::is_sorted(properties->begin(), properties->end(), by_name)) return;
  std::stable_sort(properties->pointer_begin(), properties->pointer_end(),
                   [&](const Property* a, const Property* b) { return by_name(*a, *b); });
}

void SpecifyMarking(Marking* marking) {
  marking->set_traffic_light(EffectiveLevel(marking->traffic_light()));
}

std::string_view KindName(const Value& value) {
  switch (value.kind_case()) {
    case Value::kText:
      return "text";
    case Value::kInteger:
      return "integer";
    case Value::kDecimal:
      return "decimal";
    case Value::kBoolean:
      return "boolean";
    case Value::kDate:
      return "date";
    case Value::kTexts:
      return "list of texts";
    case Value::KIND_NOT_SET:
      break;
  }
  return "nothing";
}

absl::Status KindsDiffer(const Value& a, const Value& b) {
  return absl::InvalidArgumentError(absl::StrCat(
      "cannot compare a value of kind ", std::string(KindName(a)), " with one of kind ",
      std::string(KindName(b)), "; give a value of the property's kind"));
}

template <typename T>
int Order(const T& a, const T& b) {
  if (a < b) return -1;
  return b < a ? 1 : 0;
}

bool Holds(const v1::TextList& list, const std::string& text) {
  return std::find(list.values().begin(), list.values().end(), text) != list.values().end();
}

// Equality also covers what has no order: truth values and lists.
absl::StatusOr<bool> AreEqual(const Value& value, const Value& operand) {
  if (value.kind_case() == Value::kTexts && operand.kind_case() == Value::kText) {
    return Holds(value.texts(), operand.text());
  }
  if (value.kind_case() != operand.kind_case()) return KindsDiffer(value, operand);
  if (value.kind_case() == Value::kBoolean) return value.boolean() == operand.boolean();
  if (value.kind_case() == Value::kTexts) {
    return std::equal(value.texts().values().begin(), value.texts().values().end(),
                      operand.texts().values().begin(), operand.texts().values().end());
  }
  ATTLAS_ASSIGN_OR_RETURN(const int order, CompareValues(value, operand));
  return order == 0;
}

}  // namespace

Confidence BestConfidence(const RepeatedPtrField<Citation>& citations) {
  Confidence best = v1::CONFIDENCE_UNVERIFIED;
  for (const Citation& citation : citations) best = std::max(best, citation.confidence());
  return best;
}

absl::StatusOr<Confidence> ParseConfidence(std::string_view text) {
  for (const NamedConfidence& known : kConfidences) {
    if (text == known.name) return known.confidence;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("`", Printable(text),
                   "` is not a confidence; write seen, structure-seen, recalled or unverified"));
}

std::string_view ConfidenceName(Confidence confidence) {
  for (const NamedConfidence& known : kConfidences) {
    if (confidence == known.confidence) return known.name;
  }
  return "unspecified";
}

const Value* FindProperty(const RepeatedPtrField<Property>& properties, std::string_view name) {
  // Of few names, most differ in length already, which is quicker to see than their order.
  constexpr int kFew = 16;
  if (properties.size() <= kFew) {
    for (const Property& property : properties) {
      if (property.name() == name) return &property.value();
    }
    return nullptr;
  }
  const auto found = std::lower_bound(
      properties.begin(), properties.end(), name,
      [](const Property& property, std::string_view wanted) { return property.name() < wanted; });
  if (found == properties.end() || found->name() != name) return nullptr;
  return &found->value();
}

std::string_view TextProperty(const RepeatedPtrField<Property>& properties, std::string_view name) {
  const Value* value = FindProperty(properties, name);
  return value == nullptr ? std::string_view() : std::string_view(value->text());
}

int64_t IntegerProperty(const RepeatedPtrField<Property>& properties, std::string_view name) {
  const Value* value = FindProperty(properties, name);
  return value == nullptr ? 0 : value->integer();
}

void Canonicalize(Node* node) {
  SortProperties(node->mutable_properties());
  SpecifyMarking(node->mutable_marking());
  node->clear_etag();
}

void Canonicalize(Edge* edge) {
  SortProperties(edge->mutable_properties());
  SpecifyMarking(edge->mutable_marking());
  edge->clear_etag();
  if (edge->name().empty()) {
    edge->set_name(DeriveEdgeName(edge->type(), edge->from(), edge->to(), edge->qualifier()));
  }
}

std::string EdgeNameProblem(const Edge& edge) {
  if (!IsEdgeName(edge.name())) return "";
  const std::string derived = DeriveEdgeName(edge.type(), edge.from(), edge.to(), edge.qualifier());
  if (edge.name() == derived) return "";
  return absl::StrCat("`", edge.name(), "` is not the name of this statement; leave it empty or ",
                      "write `", derived, "`");
}

std::string SerializeDeterministic(const google::protobuf::Message& message) {
  std::string bytes;
  bytes.reserve(message.ByteSizeLong());
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream output(&stream);
  output.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&output);
  output.Trim();
  return bytes;
}

absl::StatusOr<int> CompareValues(const Value& a, const Value& b) {
  if (a.kind_case() != b.kind_case()) return KindsDiffer(a, b);
  switch (a.kind_case()) {
    case Value::kText:
      return Order(a.text(), b.text());
    case Value::kInteger:
      return Order(a.integer(), b.integer());
    case Value::kDecimal:
      return Order(a.decimal(), b.decimal());
    case Value::kDate:
      return CompareDates(a.date(), b.date());
    case Value::kBoolean:
    case Value::kTexts:
    case Value::KIND_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError(absl::StrCat("values of kind ", std::string(KindName(a)),
                                                 " have no order; compare them with EQUAL"));
}

absl::StatusOr<bool> Satisfies(const Value* value, int comparison, const Value& operand) {
  if (comparison == v1::COMPARISON_PRESENT) return value != nullptr;
  if (operand.kind_case() == Value::KIND_NOT_SET) {
    return absl::InvalidArgumentError("a comparison needs a value to compare with");
  }
  if (comparison == v1::COMPARISON_EQUAL || comparison == v1::COMPARISON_NOT_EQUAL) {
    bool equal = false;
    if (value != nullptr) {
      ATTLAS_ASSIGN_OR_RETURN(equal, AreEqual(*value, operand));
    }
    return equal == (comparison == v1::COMPARISON_EQUAL);
  }
  if (comparison < v1::COMPARISON_LESS || comparison > v1::COMPARISON_GREATER_OR_EQUAL) {
    return absl::InvalidArgumentError(absl::StrCat("there is no comparison ", comparison));
  }
  if (value == nullptr) return false;
  ATTLAS_ASSIGN_OR_RETURN(const int order, CompareValues(*value, operand));
  switch (comparison) {
    case v1::COMPARISON_LESS:
      return order < 0;
    case v1::COMPARISON_LESS_OR_EQUAL:
      return order <= 0;
    case v1::COMPARISON_GREATER:
      return order > 0;
    default:
      return order >= 0;
  }
}

}  // namespace attlas::graph
