// ListStatementsOf: what rests on a source, statement by statement.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/answer_page.h"
#include "services/domain/evidence.h"
#include "services/domain/question.h"
#include "services/domain/scope.h"
#include "services/evidence/evidence_queries.h"
#include "services/evidence/sources.h"

namespace attlas::evidence {
namespace {

using services::CallContext;
using services::GraphApi;
using v1::ListStatementsOfRequest;
using v1::ListStatementsOfResponse;

constexpr domain::PageSizes kPageSizes{.by_default = 50, .at_most = 1'000};
constexpr int kMostTypes = 100;

// The graph lists statements and nodes apart, and seals a token for each listing. Ours says with
// which of them it goes on: `s` and `n` stand before a token of the graph's, `b` before one of our
// own, where the statements ended with a page and the nodes begin. Nodes are listed at the revision
// of the statements, which is part of what the graph seals and so has to be named again.
constexpr char kStatements = 's';
constexpr char kNodes = 'n';
constexpr char kBeginNodes = 'b';

std::string TokenOf(char part, const std::string& token) {
  return absl::StrCat(std::string(1, part), ".", token);
}

// Where a page starts.
struct PageStart {
  char part = kStatements;
  std::string token;     // Empty on the first page.
  std::string revision;  // Of a listing of nodes that goes on.
};

absl::StatusOr<PageStart> StartOf(const std::string& page_token) {
  if (page_token.empty()) return PageStart();
  const bool known =
      page_token.size() > 2 && page_token[1] == '.' &&
      (page_token[0] == kStatements || page_token[0] == kNodes || page_token[0] == kBeginNodes);
  if (known && page_token[0] != kNodes) return PageStart{page_token[0], page_token.substr(2), ""};
  const size_t end = page_token.find('.', 2);
  if (known && end != std::string::npos) {
    return PageStart{kNodes, page_token.substr(2, end - 2), page_token.substr(end + 1)};
  }
  return graph::InvalidFields({{"page_token", "cannot be read; use one that an answer gave"}},
                              "PAGE_TOKEN_MALFORMED");
}

template <typename Request>
Request ListingOf(const ListStatementsOfRequest& request, const std::string& source,
                  const std::string& token, int32_t size) {
  Request listing;
  *listing.mutable_read() = request.read();
  listing.set_cited_source(source);
  listing.set_page_size(size);
  listing.set_page_token(token);
  return listing;
}

// Appends statements. The token of the next page, where they do not end with this one.
absl::StatusOr<std::string> AddStatements(GraphApi* graph, const CallContext& context,
                                          const ListStatementsOfRequest& request,
                                          const std::string& source, const std::string& token,
                                          int32_t size, ListStatementsOfResponse* response) {
  auto listing = ListingOf<graph::v1::ListEdgesRequest>(request, source, token, size);
  *listing.mutable_types() = request.types();
  const auto answered = graph->ListEdges(context, listing);
  if (!answered.ok()) return domain::BlameField("source", answered.status());
  const graph::v1::ListEdgesResponse& listed = **answered;
  for (const graph::Edge& edge : listed.edges()) {
    v1::CitingRecord* const record = response->add_records();
    *record->mutable_statement() = domain::StatementOf(edge);
    FillCitations(edge, source, record);
  }
  response->set_revision(listed.revision());
  return listed.next_page_token();
}

// The same of nodes.
absl::StatusOr<std::string> AddNodes(GraphApi* graph, const CallContext& context,
                                     const ListStatementsOfRequest& request,
                                     const std::string& source, const std::string& token,
                                     int32_t size, ListStatementsOfResponse* response) {
  const auto listing = ListingOf<graph::v1::ListNodesRequest>(request, source, token, size);
  ATTLAS_ASSIGN_OR_RETURN(const auto answered, graph->ListNodes(context, listing));
  const graph::v1::ListNodesResponse& listed = *answered;
  for (const graph::Node& node : listed.nodes()) {
    v1::CitingRecord* const record = response->add_records();
    record->mutable_node()->set_name(node.name());
    record->mutable_node()->set_display_name(node.display_name());
    FillCitations(node, source, record);
  }
  response->set_revision(listed.revision());
  return listed.next_page_token();
}

}  // namespace

absl::StatusOr<ListStatementsOfResponse> EvidenceQueries::ListStatementsOf(
    const CallContext& context, const ListStatementsOfRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const std::string source, SourceName(request.source()));
  if (request.types_size() > kMostTypes) {
    return graph::InvalidField("types", absl::StrCat("has more than ", kMostTypes, " names"));
  }
  ATTLAS_ASSIGN_OR_RETURN(PageStart start, StartOf(request.page_token()));
  ListStatementsOfRequest query = request;
  query.clear_page_size();
  query.clear_page_token();
  ATTLAS_ASSIGN_OR_RETURN(domain::Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(
      domain::AnswerPage page,
      domain::StartAnswerPage(*page_tokens_, context, query, request.page_size(),
                              start.part == kBeginNodes ? start.token : "", kPageSizes, &scope));
  const auto size = static_cast<int32_t>(page.size);
  ListStatementsOfResponse response;
  if (start.part == kStatements) {
    ATTLAS_ASSIGN_OR_RETURN(const std::string next, AddStatements(graph_, context, query, source,
                                                                  start.token, size, &response));
    if (!next.empty()) {
      response.set_next_page_token(TokenOf(kStatements, next));
      return response;
    }
    // Who asks for types of statements wants no nodes.
    if (!request.types().empty()) return response;
    if (response.records_size() == size) {
      const std::string begin =
          domain::NextAnswerPage(*page_tokens_, page, scope, response.revision(), page.size + 1);
      response.set_next_page_token(TokenOf(kBeginNodes, begin));
      return response;
    }
    start.revision = response.revision();
  }
  if (start.part == kBeginNodes) start.revision = scope.graph_read.at_revision();
  query.mutable_read()->set_at_revision(start.revision);
  ATTLAS_ASSIGN_OR_RETURN(
      const std::string next,
      AddNodes(graph_, context, query, source, start.part == kNodes ? start.token : "",
               size - response.records_size(), &response));
  if (!next.empty()) {
    response.set_next_page_token(TokenOf(kNodes, absl::StrCat(next, ".", start.revision)));
  }
  return response;
}

}  // namespace attlas::evidence
