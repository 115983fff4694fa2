// The rows of a file, taken in as they are read, checked together, and given back in the order in
// which they can be applied. However many there are, they take a bounded part of memory: the rest
// waits in temporary files.
//
// Threads: single-thread.
//
// Example:
//   CheckedRows rows;
//   ATTLAS_RETURN_IF_ERROR(ReadJsonLines(&text, file, ontology, &problems, &rows));
//   ATTLAS_RETURN_IF_ERROR(rows.Check(file, find, &problems));
//   if (problems.empty()) ATTLAS_RETURN_IF_ERROR(rows.ForEachNodes(500, take));
#ifndef ATTLAS_CLIENTS_EXCHANGE_CHECKED_ROWS_H_
#define ATTLAS_CLIENTS_EXCHANGE_CHECKED_ROWS_H_

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/exchange/incoming_rows.h"
#include "clients/exchange/sorted_records.h"

namespace attlas::exchange {

struct IncomingNode {
  int line = 0;
  graph::Node node;
};

struct IncomingEdge {
  int line = 0;
  graph::Edge edge;
};

class CheckedRows : public RowTaker {
 public:
  absl::Status TakeNode(int line, graph::Node node) override;
  absl::Status TakeEdge(int line, graph::Edge edge) override;

  // Those of some names that the graph has nodes of.
  using FindNodes =
      std::function<absl::StatusOr<std::set<std::string>>(const std::vector<std::string>& names)>;

  // Ends the taking. Reports names that stand twice in the file, and names of nodes that neither
  // the file nor the graph has.
  absl::Status Check(const std::string& file, const FindNodes& find, graph::ProblemLog* problems);

  // How many nodes and statements there are.
  size_t size() const { return names_.size(); }

  // All nodes, at most `most` at a time: first those that cite nothing, since what is cited comes
  // before what cites it; then in the order of the file. REQUIRES: Check was called, as for all
  // below.
  absl::Status ForEachNodes(
      size_t most,
      const std::function<absl::Status(const std::vector<IncomingNode>& nodes)>& take) const;

  // All statements, at most `most` at a time, all of these from one node, in the order of the names
  // of these nodes.
  absl::Status ForEachEdgesFrom(
      size_t most,
      const std::function<absl::Status(const std::string& from,
                                       const std::vector<IncomingEdge>& edges)>& take) const;

  // Each statement.
  absl::Status ForEachEdge(const std::function<absl::Status(const graph::Edge& edge)>& take) const;

 private:
  absl::Status Note(int line, const std::string& name);
  absl::Status NoteReference(int line, std::string_view column, const std::string& name);
  absl::Status CheckNames(const std::string& file, graph::ProblemLog* problems) const;
  absl::Status CheckReferences(const std::string& file, const FindNodes& find,
                               graph::ProblemLog* problems) const;

  SortedRecords nodes_;       // Whether it cites something and its line; the node.
  SortedRecords edges_;       // From, a null and the line; the edge.
  SortedRecords names_;       // The name; its line.
  SortedRecords references_;  // The name of a node; the line and the column.
};

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_CHECKED_ROWS_H_
