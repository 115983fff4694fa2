#include "services/domain/written_names.h"

#include "attlas/instruments/v1/answer.pb.h"
#include "services/common/wire_writer.h"

namespace attlas::domain {

using instruments::v1::NamedNode;

WrittenNames::WrittenNames(const SubgraphIndex& index) {
  entries_.reserve(index.end_count());
  services::WireWriter writer;
  for (std::string_view name : index.EndNames()) {
    const std::string_view display_name = index.DisplayName(name);
    const size_t begin = writer.view().size();
    writer.Text(NamedNode::kNameFieldNumber, name);
    writer.Text(NamedNode::kDisplayNameFieldNumber, display_name);
    entries_.push_back({.name = name,
                        .display_name = display_name,
                        .begin = begin,
                        .size = writer.view().size() - begin});
  }
  written_ = writer.view();
}

}  // namespace attlas::domain
