#include "clients/cli/names.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"

namespace attlas::cli {
namespace {

using graph::ToAbsl;
using graph::v1::BatchGetNodesRequest;
using graph::v1::BatchGetNodesResponse;
using graph::v1::GetNodeRequest;
using graph::v1::GetNodeResponse;
using graph::v1::GraphService;

// Collections whose ids are ISO 3166 codes, in capitals.
constexpr std::array<std::string_view, 3> kCodeCollections = {"states", "economies", "territories"};
// Other collections whose ids people type alone.
constexpr std::array<std::string_view, 4> kIdCollections = {"instruments", "groupings",
                                                            "organizations", "themes"};

constexpr size_t kCodeLength = 3;

}  // namespace

std::string_view IdOf(std::string_view name) {
  const size_t slash = name.find('/');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

std::string CanonicalName(std::string_view typed) {
  const size_t slash = typed.find('/');
  if (slash == std::string_view::npos) return std::string(typed);
  const std::string collection = absl::AsciiStrToLower(ToAbsl(typed.substr(0, slash)));
  const absl::string_view id = ToAbsl(typed.substr(slash + 1));
  const bool code = std::find(kCodeCollections.begin(), kCodeCollections.end(), collection) !=
                    kCodeCollections.end();
  return absl::StrCat(collection, "/",
                      code ? absl::AsciiStrToUpper(id) : absl::AsciiStrToLower(id));
}

absl::StatusOr<std::string> ResolveNode(const Connection& connection,
                                        const graph::v1::ReadOptions& read,
                                        std::string_view argument, std::string_view typed) {
  if (typed.empty()) {
    return graph::InvalidField(argument, "is empty; write a name such as states/IDN");
  }
  if (typed.find('/') != std::string_view::npos) return CanonicalName(typed);
  BatchGetNodesRequest request;
  *request.mutable_read() = read;
  request.set_allow_missing(true);
  if (typed.size() == kCodeLength) {
    for (std::string_view collection : kCodeCollections) {
      request.add_names(CanonicalName(absl::StrCat(ToAbsl(collection), "/", ToAbsl(typed))));
    }
  }
  for (std::string_view collection : kIdCollections) {
    request.add_names(CanonicalName(absl::StrCat(ToAbsl(collection), "/", ToAbsl(typed))));
  }
  ATTLAS_ASSIGN_OR_RETURN(const BatchGetNodesResponse found,
                          connection.Ask(&GraphService::Stub::BatchGetNodes, request));
  if (found.nodes_size() == 1) return found.nodes(0).name();
  if (found.nodes_size() > 1) {
    std::vector<std::string> names;
    for (const auto& node : found.nodes()) names.push_back(node.name());
    return graph::InvalidField(
        argument, absl::StrCat("`", ToAbsl(typed), "` may be ", absl::StrJoin(names, " or "),
                               "; write the full name"));
  }
  // Asked alone, the server says which names are near.
  GetNodeRequest alone;
  *alone.mutable_read() = read;
  alone.set_name(request.names(0));
  return connection.Ask(&GraphService::Stub::GetNode, alone).status();
}

}  // namespace attlas::cli
