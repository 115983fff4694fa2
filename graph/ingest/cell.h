// The text of one cell of a dataset, and the value that it stands for.
//
// A cell that holds a list separates its items by `;`. A backslash takes the next character as it
// is, so that `\;` is a semicolon within an item and `\\` a backslash. Blanks around an item are
// dropped.
//
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_INGEST_CELL_H_
#define ATTLAS_GRAPH_INGEST_CELL_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "attlas/graph/v1/ontology.pb.h"
#include "graph/model/statement.h"

namespace attlas::graph {

// The items of a list; none for an empty cell. `a;` has two items, the second one empty.
std::vector<std::string> SplitList(std::string_view cell);

// The inverse of SplitList, but for a list of one empty item: its cell is the empty one.
std::string JoinList(const std::vector<std::string>& items);

// The value of a cell that is not empty, by the kind of its property. INVALID_ARGUMENT, saying what
// is wrong, where it has none.
absl::StatusOr<Value> ParseValue(std::string_view cell, const v1::PropertyType& type);

// The inverse of ParseValue; empty for a value without a kind.
std::string FormatValue(const Value& value);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_INGEST_CELL_H_
