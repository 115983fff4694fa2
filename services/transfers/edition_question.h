// A question about one edition of transfer statistics, whose answer lists places page by page.
//
// What: what such questions do alike around their own part. It reads the options, the names and the
// page of the request, asks the graph once and chooses the edition; at the end it writes what the
// answer rests on, and where its list goes on.
// Complexity: one graph call; see domain/question.h for names that have to be looked up, and
// AddSources for sources.
// Threads: single-thread; one object a call.
//
// Example:
//   EditionQuestion question(graph_, &subgraphs_, page_tokens_, context);
//   ATTLAS_RETURN_IF_ERROR(question.Ask(request, add_names, AddPatterns));
//   v1::GetSuppliersResponse response;
//   question.Begin(&response);
//   …
//   ATTLAS_RETURN_IF_ERROR(question.Finish(request, &response));
#ifndef ATTLAS_SERVICES_TRANSFERS_EDITION_QUESTION_H_
#define ATTLAS_SERVICES_TRANSFERS_EDITION_QUESTION_H_

#include <cstddef>
#include <memory>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "graph/base/status_macros.h"
#include "services/common/graph_api.h"
#include "services/common/page_token.h"
#include "services/domain/answer_page.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/kept_subgraphs.h"
#include "services/domain/members.h"
#include "services/transfers/transfer_question.h"

namespace attlas::transfers {

class EditionQuestion {
 public:
  // Adds names that the request gives beside the instrument and the dataset.
  using AddNames = absl::FunctionRef<absl::Status(QuestionNames*)>;
  // Adds the patterns of the question beside those of QuestionNames::AddPatterns.
  using AddPatterns = absl::FunctionRef<void(const QuestionNames&, graph::v1::MatchPathsRequest*)>;

  // `graph`, `subgraphs`, `page_tokens` and `context` outlive this.
  EditionQuestion(services::GraphApi* graph, domain::KeptSubgraphs* subgraphs,
                  const services::PageTokenCodec& page_tokens, const services::CallContext& context)
      : graph_(graph), subgraphs_(subgraphs), page_tokens_(page_tokens), context_(context) {}
  EditionQuestion(const EditionQuestion&) = delete;
  EditionQuestion& operator=(const EditionQuestion&) = delete;

  // Asks the graph. `Request` has `read`, `instrument`, `dataset` and the fields of a page. Fails
  // as MakeScope, NamesOf, StartAnswerPage, domain::Ask, MakeMaterial and ChooseEdition do.
  template <typename Request>
  absl::Status Ask(const Request& request, AddNames add_names, AddPatterns add_patterns) {
    ATTLAS_ASSIGN_OR_RETURN(scope_, domain::MakeScope(request.read()));
    ATTLAS_ASSIGN_OR_RETURN(names_, NamesOf(request.instrument(), request.dataset()));
    ATTLAS_RETURN_IF_ERROR(add_names(&names_));
    ATTLAS_ASSIGN_OR_RETURN(
        page_, domain::StartAnswerPage(page_tokens_, context_, request, kPageSizes, &scope_));
    return AskGraph(add_patterns);
  }

  // REQUIRES of all below: Ask has succeeded.
  const QuestionNames& names() const { return names_; }
  const domain::AnswerPage& page() const { return page_; }
  const Material& material() const { return *material_; }
  const graph::Node& edition() const { return *edition_; }

  // Fills `edition` and `instrument` of a response, and its region set where it has one.
  template <typename Response>
  void Begin(Response* response) {
    *response->mutable_edition() = EditionFrom(material(), edition());
    *response->mutable_instrument() = domain::Named(*index_, material().instrument.name());
    if constexpr (requires { response->mutable_grouping(); }) {
      domain::NameGrouping(*index_, names_.Name(names_.grouping), response);
    }
  }

  // Fills what the answer rests on, and where its list, of `total_size` places, goes on. Fails as
  // AddSources does.
  template <typename Request, typename Response>
  absl::Status Finish(const Request& request, Response* response) {
    *response->mutable_coverage() = domain::CoverageOf(material().instrument, scope_);
    evidence_->NoteAllLeftOut();
    evidence_->WriteTo(response);
    response->set_next_page_token(
        domain::NextAnswerPage(page_tokens_, page_, scope_, response->revision(),
                               static_cast<size_t>(response->total_size())));
    return domain::AddSources(graph_, context_, scope_, request, response);
  }

 private:
  absl::Status AskGraph(AddPatterns add_patterns);

  services::GraphApi* const graph_;
  domain::KeptSubgraphs* const subgraphs_;
  const services::PageTokenCodec& page_tokens_;
  const services::CallContext& context_;
  domain::Scope scope_;
  QuestionNames names_;
  domain::AnswerPage page_;
  std::shared_ptr<const domain::SubgraphIndex> index_;
  // These view the index and the scope.
  std::optional<domain::EvidenceGatherer> evidence_;
  std::optional<Material> material_;
  const graph::Node* edition_ = nullptr;
};

}  // namespace attlas::transfers

#endif  // ATTLAS_SERVICES_TRANSFERS_EDITION_QUESTION_H_
