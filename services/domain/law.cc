#include "services/domain/law.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attlas/synergy/v1/commitment.pb.h"
#include "graph/base/strings.h"
#include "services/common/wire_writer.h"
#include "services/domain/evidence.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"

namespace attlas::domain {

using graph::Edge;
using graph::Node;
using graph::ToAbsl;
using services::WireWriter;

namespace {

void WriteNames(int field, const ProvisionLink& link, WireWriter* writer) {
  writer->Item(field, link.has->name());
  writer->Item(field, link.serves->name());
}

// Fills in what is written of a link. Its texts are there.
void Write(const ProvisionLink& link, LinkFacts* facts) {
  using instruments::v1::ProvisionTheme;
  using synergy::v1::Commitment;
  const std::string_view paraphrase = graph::TextProperty(link.serves->properties(), "paraphrase");
  WireWriter commitment;
  commitment.Item(Commitment::kProvisionFieldNumber, facts->provision->named);
  commitment.Text(Commitment::kParaphraseFieldNumber, paraphrase);
  commitment.Item(Commitment::kThemeFieldNumber, facts->theme->named);
  facts->commitment_fields = commitment.view();
  WireWriter evidence;
  WriteNames(Commitment::kEvidenceFieldNumber, link, &evidence);
  facts->evidence_fields = evidence.view();
  facts->words = absl::StrCat("whose provision ", ToAbsl(facts->provision->reference),
                              " deals with ", facts->theme->phrase);
  WireWriter provision;
  provision.Item(ProvisionTheme::kProvisionFieldNumber, facts->provision->named);
  provision.Item(ProvisionTheme::kThemeFieldNumber, facts->theme->named);
  provision.Number(ProvisionTheme::kStrengthFieldNumber, static_cast<uint64_t>(link.strength()));
  provision.Text(ProvisionTheme::kParaphraseFieldNumber, paraphrase);
  WriteNames(ProvisionTheme::kEvidenceFieldNumber, link, &provision);
  facts->provision_theme = provision.view();
}

}  // namespace

Law::Law(std::shared_ptr<const SubgraphIndex> index) : index_(std::move(index)) {
  AddTexts();
  for (const Node* instrument : index_->NodesOfType("instrument")) AddLinks(*instrument);
}

void Law::AddTexts() {
  const auto& nodes = index_->response().subgraph().nodes();
  texts_by_name_.reserve(static_cast<size_t>(nodes.size()));
  for (const Node& node : nodes) {
    texts_.push_back({.named = Named(*index_, node.name()).SerializeAsString(),
                      .phrase = LowerFirst(index_->DisplayName(node.name())),
                      .reference = ProvisionReference(*index_, node.name())});
    texts_by_name_.emplace(node.name(), &texts_.back());
  }
}

void Law::AddLinks(const Node& instrument) {
  InstrumentOfLaw& entry = instruments_[instrument.name()];
  entry.terms = TermsOf(instrument);
  entry.goods = TextsProperty(instrument, "goods_scope");
  entry.reach = ReachOf(instrument);
  for (const Edge* has : index_->Out(instrument.name(), kHasProvision)) {
    for (const Edge* serves : index_->Out(has->to(), kServes)) {
      facts_.push_back({.start = std::max(StartDay(*has), StartDay(*serves)),
                        .end = std::min(EndDay(*has), EndDay(*serves)),
                        .confidence = std::min(graph::BestConfidence(has->citations()),
                                               graph::BestConfidence(serves->citations())),
                        .number = facts_.size(),
                        .provision = TextOf(serves->from()),
                        .theme = TextOf(serves->to()),
                        .commitment_fields = {},
                        .evidence_fields = {},
                        .words = {},
                        .provision_theme = {}});
      ProvisionLink link = LinkFrom(has, serves);
      Write(link, &facts_.back());
      link.facts = &facts_.back();
      entry.links.push_back(link);
      AddStatement(*serves);
    }
    AddStatement(*has);
  }
  std::stable_sort(entry.links.begin(), entry.links.end(), IsStronger);
}

void Law::AddStatement(const Edge& edge) {
  StatementOfLaw& statement = statements_[&edge];
  if (!statement.written.empty()) return;
  statement.written = domain::StatementOf(edge).SerializeAsString();
  for (const graph::Citation& citation : edge.citations()) {
    const auto [found, is_new] =
        source_numbers_.emplace(citation.source(), static_cast<uint32_t>(source_names_.size()));
    if (is_new) source_names_.push_back(citation.source());
    statement.sources.push_back(found->second);
  }
}

const InstrumentOfLaw* Law::Find(std::string_view instrument) const {
  const auto found = instruments_.find(ToAbsl(instrument));
  return found == instruments_.end() ? nullptr : &found->second;
}

std::span<const ProvisionLink> Law::Links(std::string_view instrument) const {
  const InstrumentOfLaw* const found = Find(instrument);
  if (found == nullptr) return {};
  return found->links;
}

std::vector<ProvisionLink> Law::LinksOf(std::string_view instrument, const Reading& reading) const {
  std::vector<ProvisionLink> counting;
  const InstrumentOfLaw* const found = Find(instrument);
  if (found == nullptr || found->terms.adopted_from > reading.day) return counting;
  counting.reserve(found->links.size());
  for (const ProvisionLink& link : found->links) {
    if (link.facts->Counts(reading)) counting.push_back(link);
  }
  return counting;
}

const NodeText* Law::TextOf(std::string_view node) const {
  const auto found = texts_by_name_.find(ToAbsl(node));
  return found == texts_by_name_.end() ? nullptr : found->second;
}

const StatementOfLaw* Law::StatementOf(const Edge& edge) const {
  const auto found = statements_.find(&edge);
  return found == statements_.end() ? nullptr : &found->second;
}

}  // namespace attlas::domain
