// What nodes and edges have in common, and how both are brought into one form before they are kept.
//
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_MODEL_STATEMENT_H_
#define ATTLAS_GRAPH_MODEL_STATEMENT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "attlas/graph/v1/edge.pb.h"
#include "attlas/graph/v1/node.pb.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace attlas::graph {

using v1::Citation;
using v1::Confidence;
using v1::Edge;
using v1::Node;
using v1::Property;
using v1::Value;

// The confidence of a statement: that of its best citation; UNVERIFIED where it has none.
Confidence BestConfidence(const google::protobuf::RepeatedPtrField<Citation>& citations);

// Parses `seen`, `structure-seen`, `recalled` or `unverified`.
absl::StatusOr<Confidence> ParseConfidence(std::string_view text);

// The inverse of ParseConfidence; `unspecified` for none.
std::string_view ConfidenceName(Confidence confidence);

// The value of the property `name`; null where absent. Properties must be sorted (see
// Canonicalize).
const Value* FindProperty(const google::protobuf::RepeatedPtrField<Property>& properties,
                          std::string_view name);

// Shorthands: the property's text, or empty / its number, or 0.
std::string_view TextProperty(const google::protobuf::RepeatedPtrField<Property>& properties,
                              std::string_view name);
int64_t IntegerProperty(const google::protobuf::RepeatedPtrField<Property>& properties,
                        std::string_view name);

// Brings a node or an edge into the one form that is stored: properties sorted by name, traffic
// light never unspecified, output-only fields cleared, an edge's name derived where it is empty.
void Canonicalize(Node* node);
void Canonicalize(Edge* edge);

// What is wrong with the name that a writer gave an edge: a statement has one name, the derived
// one. Empty where it gave none or the right one, and for what is no edge name at all (see
// CheckEdge). To be asked before Canonicalize; costs a hash where there is a name.
std::string EdgeNameProblem(const Edge& edge);

// The bytes that are stored: deterministic, so that every replica keeps the same.
std::string SerializeDeterministic(const google::protobuf::Message& message);

// Compares values of one kind. Less than, equal to or greater than 0; INVALID_ARGUMENT where the
// kinds differ or cannot be ordered.
absl::StatusOr<int> CompareValues(const Value& a, const Value& b);

// Whether `value` satisfies `comparison operand`; `value` is null where the property is absent. A
// repeated value is equal to an operand that it holds.
absl::StatusOr<bool> Satisfies(const Value* value, int comparison, const Value& operand);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_MODEL_STATEMENT_H_
