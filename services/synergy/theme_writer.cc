#include "services/synergy/theme_writer.h"

#include <algorithm>
#include <utility>

#include "attlas/synergy/v1/synergy_service.pb.h"

namespace attlas::synergy {

using domain::LinkFacts;
using domain::ProvisionLink;
using graph::Edge;

void ThemeWriter::Note(const ProvisionLink& link) {
  if (noted_[link.facts->number]) return;
  noted_[link.facts->number] = true;
  evidence_->Note(*link.has);
  evidence_->Note(*link.serves);
}

const ThemeWriter::InstrumentPart& ThemeWriter::PartOf(const OwnInstrument& instrument) {
  const auto [found, is_new] = parts_.try_emplace(&instrument);
  InstrumentPart& part = found->second;
  if (!is_new) return part;
  const domain::Standing& standing = instrument.standing;
  part.phrases = PhrasesOf(material_.index, material_.taxonomy, instrument);
  v1::Commitment shared;
  domain::FillNamed(material_.index, instrument.name, shared.mutable_instrument());
  shared.set_status(standing.status);
  shared.set_in_force(standing.is_in_force);
  if (!standing.is_in_force && standing.in_force != nullptr &&
      standing.in_force->has_valid_from()) {
    *shared.mutable_in_force_date() = standing.in_force->valid_from();
  }
  if (standing.status == instruments::v1::PARTICIPATION_STATUS_COMMITTED_THROUGH) {
    shared.set_through(
        std::string(graph::TextProperty(standing.collective->properties(), "through")));
  }
  part.standing_fields = shared.SerializeAsString();
  v1::Commitment goods;
  goods.set_goods(instrument.goods.relation);
  for (const std::string& good : instrument.goods.shared) goods.add_shared_goods(good);
  part.goods_fields = goods.SerializeAsString();
  for (const Edge* edge :
       {standing.ground(), standing.consent != nullptr ? standing.in_force : nullptr}) {
    if (!domain::EvidenceGatherer::IsCitable(edge)) continue;
    part.path.push_back(edge);
    evidence_->Note(*edge);
  }
  part.confidence = domain::LowestConfidence(part.path);
  return part;
}

void ThemeWriter::WriteTargetProvision(const ProvisionLink& link) {
  using instruments::v1::ProvisionTheme;
  const LinkFacts& facts = *link.facts;
  const size_t begin = writer_.Begin(v1::ThemeSynergy::kTargetProvisionsFieldNumber);
  writer_.Item(ProvisionTheme::kProvisionFieldNumber, facts.provision->named);
  writer_.Item(ProvisionTheme::kThemeFieldNumber, facts.theme->named);
  writer_.Number(ProvisionTheme::kStrengthFieldNumber, static_cast<uint64_t>(link.strength()));
  writer_.Text(ProvisionTheme::kParaphraseFieldNumber, facts.paraphrase);
  writer_.Item(ProvisionTheme::kEvidenceFieldNumber, link.has->name());
  writer_.Item(ProvisionTheme::kEvidenceFieldNumber, link.serves->name());
  writer_.End(begin);
  Note(link);
}

void ThemeWriter::WriteCommitment(const OwnCommitment& own, const ProvisionLink* target_link) {
  using v1::Commitment;
  const InstrumentPart& part = PartOf(*own.instrument);
  const LinkFacts& facts = *own.link.facts;
  graph::Confidence confidence = std::min(part.confidence, facts.confidence);
  if (target_link != nullptr) confidence = std::min(confidence, target_link->facts->confidence);
  const size_t begin = writer_.Begin(v1::ThemeSynergy::kCommitmentsFieldNumber);
  writer_.Append(part.standing_fields);
  writer_.Item(Commitment::kProvisionFieldNumber, facts.provision->named);
  writer_.Text(Commitment::kParaphraseFieldNumber, facts.paraphrase);
  writer_.Item(Commitment::kThemeFieldNumber, facts.theme->named);
  writer_.Append(part.goods_fields);
  writer_.Number(Commitment::kTextStrengthFieldNumber, static_cast<uint64_t>(own.link.strength()));
  writer_.Number(Commitment::kStrengthFieldNumber, static_cast<uint64_t>(own.strength));
  writer_.Number(Commitment::kReachFieldNumber, static_cast<uint64_t>(own.instrument->reach));
  writer_.Number(Commitment::kCommitmentClassFieldNumber,
                 static_cast<uint64_t>(own.commitment_class));
  writer_.Number(Commitment::kConfidenceFieldNumber, static_cast<uint64_t>(confidence));
  const size_t sentence = writer_.Begin(Commitment::kSentenceFieldNumber);
  AppendCommitmentSentence(material_.link_names, part.phrases, own, target_link, &writer_);
  writer_.End(sentence);
  for (const Edge* edge : part.path) writer_.Item(Commitment::kEvidenceFieldNumber, edge->name());
  writer_.Item(Commitment::kEvidenceFieldNumber, own.link.has->name());
  writer_.Item(Commitment::kEvidenceFieldNumber, own.link.serves->name());
  Note(own.link);
  if (target_link != nullptr) {
    writer_.Item(Commitment::kEvidenceFieldNumber, target_link->serves->name());
    writer_.Item(Commitment::kEvidenceFieldNumber, target_link->has->name());
    Note(*target_link);
  }
  writer_.End(begin);
}

void ThemeWriter::Write(const ThemeRow& row) {
  const domain::NodeText* const theme = material_.law.TextOf(row.theme);
  const size_t begin = writer_.Begin(v1::FindSynergiesResponse::kThemesFieldNumber);
  writer_.Item(v1::ThemeSynergy::kThemeFieldNumber, theme->named);
  writer_.Number(v1::ThemeSynergy::kBestClassFieldNumber,
                 static_cast<uint64_t>(BestClass(row.commitments)));
  writer_.Number(v1::ThemeSynergy::kJoiningEffectFieldNumber, static_cast<uint64_t>(row.effect));
  const ProvisionLink* strongest = nullptr;
  for (const ProvisionLink& link : row.target_links) {
    if (link.facts->theme != theme) continue;
    if (strongest == nullptr) strongest = &link;
    WriteTargetProvision(link);
  }
  const size_t count = row.max_commitments > 0 ? std::min(row.commitments.size(),
                                                          static_cast<size_t>(row.max_commitments))
                                               : row.commitments.size();
  for (const OwnCommitment& own : std::span(row.commitments).first(count)) {
    WriteCommitment(own, strongest);
  }
  for (const AgencyRole& role : row.roles) {
    v1::AgencyLink link;
    FillAgency(material_.index, material_.reading, role, evidence_, &link);
    writer_.Message(v1::ThemeSynergy::kAgenciesFieldNumber, link);
  }
  writer_.Text(v1::ThemeSynergy::kSentenceFieldNumber,
               ExplainTheme(material_.law.index(), material_.link_names, row.theme, row.commitments,
                            row.effect));
  writer_.End(begin);
}

}  // namespace attlas::synergy
