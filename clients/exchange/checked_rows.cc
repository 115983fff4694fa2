#include "clients/exchange/checked_rows.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/model/name.h"

namespace attlas::exchange {
namespace {

using graph::ProblemLog;

constexpr size_t kNumberBytes = sizeof(uint64_t);
// Of one question to the graph.
constexpr size_t kMostNames = 500;

std::string SortableLine(int line) { return SortableNumber(static_cast<uint64_t>(line)); }

int LineOf(std::string_view sortable) { return static_cast<int>(NumberOf(sortable)); }

// A record of our own that does not parse means that the temporary file was changed.
template <typename Message>
absl::Status Parse(std::string_view bytes, Message* message) {
  if (message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::OkStatus();
  }
  return absl::DataLossError("a temporary file was changed");
}

// A name that the file names and does not make, and the first places where it does.
struct OpenName {
  std::string name;
  std::vector<std::pair<int, std::string>> places;
  size_t further = 0;  // Beyond what a log of problems keeps.
};

// Reports those that the graph does not have either.
absl::Status ReportMissing(const std::string& file, std::vector<OpenName> open,
                           const CheckedRows::FindNodes& find, ProblemLog* problems) {
  if (open.empty()) return absl::OkStatus();
  std::vector<std::string> names;
  // What is no name at all is told where it stands.
  for (const OpenName& one : open) {
    if (graph::ParseResourceName(one.name).ok()) names.push_back(one.name);
  }
  ATTLAS_ASSIGN_OR_RETURN(const std::set<std::string> found, find(names));
  for (const OpenName& one : open) {
    if (found.contains(one.name)) continue;
    const std::string text =
        absl::StrCat("there is no node `", one.name, "` in the file or in the graph");
    for (const auto& [line, column] : one.places) problems->Add(file, line, column, text);
    for (size_t i = 0; i < one.further; ++i) problems->Add(file, 0, "", text);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckedRows::TakeNode(int line, graph::Node node) {
  for (const graph::Citation& citation : node.citations()) {
    ATTLAS_RETURN_IF_ERROR(NoteReference(line, "source", citation.source()));
  }
  ATTLAS_RETURN_IF_ERROR(Note(line, node.name()));
  const std::string key = (node.citations().empty() ? "0" : "1") + SortableLine(line);
  return nodes_.Add(key, node.SerializeAsString());
}

absl::Status CheckedRows::TakeEdge(int line, graph::Edge edge) {
  ATTLAS_RETURN_IF_ERROR(NoteReference(line, "from", edge.from()));
  ATTLAS_RETURN_IF_ERROR(NoteReference(line, "to", edge.to()));
  for (const graph::Citation& citation : edge.citations()) {
    ATTLAS_RETURN_IF_ERROR(NoteReference(line, "source", citation.source()));
  }
  ATTLAS_RETURN_IF_ERROR(Note(line, edge.name()));
  std::string key = edge.from();
  key.push_back('\0');
  key += SortableLine(line);
  return edges_.Add(key, edge.SerializeAsString());
}

absl::Status CheckedRows::Note(int line, const std::string& name) {
  return names_.Add(name, SortableLine(line));
}

absl::Status CheckedRows::NoteReference(int line, std::string_view column,
                                        const std::string& name) {
  return references_.Add(name, SortableLine(line) + std::string(column));
}

absl::Status CheckedRows::Check(const std::string& file, const FindNodes& find,
                                ProblemLog* problems) {
  for (SortedRecords* records : {&nodes_, &edges_, &names_, &references_}) {
    ATTLAS_RETURN_IF_ERROR(records->Sort());
  }
  ATTLAS_RETURN_IF_ERROR(CheckNames(file, problems));
  return CheckReferences(file, find, problems);
}

absl::Status CheckedRows::CheckNames(const std::string& file, ProblemLog* problems) const {
  std::optional<std::string> before;
  int line_before = 0;
  return names_.ForEach([&](std::string_view name, std::string_view line) {
    if (name == before) {
      problems->Add(file, LineOf(line), "name",
                    absl::StrCat(*before, " stands on line ", line_before, " already"));
      return absl::OkStatus();
    }
    before = std::string(name);
    line_before = LineOf(line);
    return absl::OkStatus();
  });
}

absl::Status CheckedRows::CheckReferences(const std::string& file, const FindNodes& find,
                                          ProblemLog* problems) const {
  SortedRecords::Reader own(names_);
  std::string_view own_name;
  std::string_view ignored;
  ATTLAS_ASSIGN_OR_RETURN(bool has_own, own.Next(&own_name, &ignored));
  std::vector<OpenName> open;
  const auto take = [&](std::string_view name, std::string_view place) -> absl::Status {
    while (has_own && own_name < name) {
      ATTLAS_ASSIGN_OR_RETURN(has_own, own.Next(&own_name, &ignored));
    }
    if (has_own && own_name == name) return absl::OkStatus();
    if (open.empty() || open.back().name != name) {
      if (open.size() == kMostNames) {
        ATTLAS_RETURN_IF_ERROR(ReportMissing(file, std::exchange(open, {}), find, problems));
      }
      open.push_back({.name = std::string(name), .places = {}, .further = 0});
    }
    OpenName& one = open.back();
    if (one.places.size() == ProblemLog::kMostProblems) {
      ++one.further;
    } else {
      one.places.emplace_back(LineOf(place.substr(0, kNumberBytes)),
                              std::string(place.substr(kNumberBytes)));
    }
    return absl::OkStatus();
  };
  ATTLAS_RETURN_IF_ERROR(references_.ForEach(take));
  return ReportMissing(file, std::move(open), find, problems);
}

absl::Status CheckedRows::ForEachNodes(
    size_t most,
    const std::function<absl::Status(const std::vector<IncomingNode>& nodes)>& take) const {
  std::vector<IncomingNode> some;
  const auto take_one = [&](std::string_view key, std::string_view bytes) -> absl::Status {
    IncomingNode& row = some.emplace_back();
    row.line = LineOf(key.substr(1, kNumberBytes));
    ATTLAS_RETURN_IF_ERROR(Parse(bytes, &row.node));
    return some.size() < most ? absl::OkStatus() : take(std::exchange(some, {}));
  };
  ATTLAS_RETURN_IF_ERROR(nodes_.ForEach(take_one));
  return some.empty() ? absl::OkStatus() : take(some);
}

absl::Status CheckedRows::ForEachEdgesFrom(
    size_t most,
    const std::function<absl::Status(const std::string& from,
                                     const std::vector<IncomingEdge>& edges)>& take) const {
  std::string from;
  std::vector<IncomingEdge> some;
  const auto take_some = [&]() {
    return some.empty() ? absl::OkStatus() : take(from, std::exchange(some, {}));
  };
  const auto take_one = [&](std::string_view key, std::string_view bytes) -> absl::Status {
    const std::string_view its_from = key.substr(0, key.size() - kNumberBytes - 1);
    if (its_from != from || some.size() == most) ATTLAS_RETURN_IF_ERROR(take_some());
    from = its_from;
    IncomingEdge& row = some.emplace_back();
    row.line = LineOf(key.substr(key.size() - kNumberBytes));
    return Parse(bytes, &row.edge);
  };
  ATTLAS_RETURN_IF_ERROR(edges_.ForEach(take_one));
  return take_some();
}

absl::Status CheckedRows::ForEachEdge(
    const std::function<absl::Status(const graph::Edge& edge)>& take) const {
  graph::Edge edge;
  return edges_.ForEach([&](std::string_view, std::string_view bytes) -> absl::Status {
    ATTLAS_RETURN_IF_ERROR(Parse(bytes, &edge));
    return take(edge);
  });
}

}  // namespace attlas::exchange
