#include "services/domain/question_table.h"

namespace attlas::domain {

QuestionTable::QuestionTable(std::shared_ptr<const SubgraphIndex> index)
    : index_(std::move(index)), names_(*index_) {}

QuestionTable::QuestionTable(std::shared_ptr<const SubgraphIndex> index, const Sources& sources)
    : QuestionTable(std::move(index)) {
  statements_.emplace(*index_, sources);
}

absl::StatusOr<QuestionTable::Sources> SourcesOfIndex(const SubgraphIndex& index,
                                                      const TableRead& read) {
  return LookUpSources(read.graph, read.context, read.scope, index.response().revision(),
                       SourcesCitedBy(index.response().subgraph().edges()));
}

}  // namespace attlas::domain
