#include "services/transfers/edition_question.h"

namespace attlas::transfers {

absl::Status EditionQuestion::AskGraph(AddPatterns add_patterns) {
  ATTLAS_ASSIGN_OR_RETURN(index_, subgraphs_->Ask(context_, scope_, &names_.arguments,
                                                  [&](graph::v1::MatchPathsRequest* request) {
                                                    names_.AddPatterns(request);
                                                    add_patterns(names_, request);
                                                  }));
  evidence_.emplace(*index_, scope_);
  ATTLAS_ASSIGN_OR_RETURN(const Material material,
                          MakeMaterial(graph_, context_, scope_, names_, *index_, &*evidence_));
  material_.emplace(material);
  ATTLAS_ASSIGN_OR_RETURN(edition_, ChooseEdition(material, names_));
  return absl::OkStatus();
}

}  // namespace attlas::transfers
