#include "services/synergy/theme_writer.h"

#include <algorithm>
#include <utility>

#include "attlas/synergy/v1/synergy_service.pb.h"

namespace attlas::synergy {

using domain::LinkFacts;
using domain::ProvisionLink;
using graph::Edge;
using services::WireWriter;
using v1::Commitment;

void ThemeWriter::Note(const ProvisionLink& link) {
  if (noted_[link.facts->number]) return;
  noted_[link.facts->number] = true;
  evidence_->Note(*link.has);
  evidence_->Note(*link.serves);
}

ThemeWriter::InstrumentPart& ThemeWriter::PartOf(const OwnInstrument& instrument) {
  const auto [found, is_new] = parts_.try_emplace(&instrument);
  InstrumentPart& part = found->second;
  if (!is_new) return part;
  const domain::Standing& standing = instrument.standing;
  part.standing = StandingPhrase(material_.index, instrument.name, standing);
  part.end = SentenceEnd(material_.taxonomy, instrument);
  WireWriter shared;
  shared.Item(Commitment::kInstrumentFieldNumber, material_.law.TextOf(instrument.name)->named);
  shared.Number(Commitment::kStatusFieldNumber, static_cast<uint64_t>(standing.status));
  shared.Number(Commitment::kInForceFieldNumber, standing.is_in_force ? 1 : 0);
  if (!standing.is_in_force && standing.in_force != nullptr &&
      standing.in_force->has_valid_from()) {
    shared.Message(Commitment::kInForceDateFieldNumber, standing.in_force->valid_from());
  }
  if (standing.status == instruments::v1::PARTICIPATION_STATUS_COMMITTED_THROUGH) {
    shared.Text(Commitment::kThroughFieldNumber,
                graph::TextProperty(standing.collective->properties(), "through"));
  }
  part.standing_fields = shared.view();
  WireWriter path;
  for (const Edge* edge :
       {standing.ground(), standing.consent != nullptr ? standing.in_force : nullptr}) {
    if (!domain::EvidenceGatherer::IsCitable(edge)) continue;
    path.Item(Commitment::kEvidenceFieldNumber, edge->name());
    part.confidence = std::min(part.confidence, graph::BestConfidence(edge->citations()));
    evidence_->Note(*edge);
  }
  part.path_fields = path.view();
  return part;
}

const ThemeWriter::StrengthPart& ThemeWriter::PartOf(const OwnCommitment& own,
                                                     InstrumentPart* instrument) const {
  StrengthPart& part = instrument->by_strength[static_cast<size_t>(own.link.strength())];
  if (!part.beginning.empty()) return part;
  part.beginning = SentenceBeginning(material_.link_names, instrument->standing, own);
  const OwnInstrument& of = *own.instrument;
  WireWriter facts;
  facts.Number(Commitment::kGoodsFieldNumber, static_cast<uint64_t>(of.goods.relation));
  for (const std::string& good : of.goods.shared) {
    facts.Item(Commitment::kSharedGoodsFieldNumber, good);
  }
  facts.Number(Commitment::kTextStrengthFieldNumber, static_cast<uint64_t>(own.link.strength()));
  facts.Number(Commitment::kStrengthFieldNumber, static_cast<uint64_t>(own.strength));
  facts.Number(Commitment::kReachFieldNumber, static_cast<uint64_t>(of.reach));
  facts.Number(Commitment::kCommitmentClassFieldNumber,
               static_cast<uint64_t>(own.commitment_class));
  part.fields = facts.view();
  return part;
}

ThemeWriter::TargetPart ThemeWriter::PartOf(const ProvisionLink* target_link) {
  TargetPart part{.link = target_link, .words = {}, .evidence_fields = {}};
  if (target_link == nullptr) return part;
  part.words = TargetWords(material_.link_names, *target_link);
  WireWriter evidence;
  evidence.Item(Commitment::kEvidenceFieldNumber, target_link->serves->name());
  evidence.Item(Commitment::kEvidenceFieldNumber, target_link->has->name());
  part.evidence_fields = evidence.view();
  return part;
}

void ThemeWriter::WriteCommitment(const OwnCommitment& own, const TargetPart& target) {
  InstrumentPart& instrument = PartOf(*own.instrument);
  const StrengthPart& part = PartOf(own, &instrument);
  const LinkFacts& facts = *own.link.facts;
  graph::Confidence confidence = std::min(instrument.confidence, facts.confidence);
  if (target.link != nullptr) confidence = std::min(confidence, target.link->facts->confidence);
  const size_t begin = writer_.Begin(v1::ThemeSynergy::kCommitmentsFieldNumber);
  writer_.Append({instrument.standing_fields, facts.commitment_fields, part.fields});
  writer_.Number(Commitment::kConfidenceFieldNumber, static_cast<uint64_t>(confidence));
  const size_t sentence = writer_.Begin(Commitment::kSentenceFieldNumber);
  if (target.link != nullptr) {
    writer_.Append({part.beginning, facts.words, target.words, instrument.end});
  } else {
    writer_.Append({part.beginning, facts.words, "."});
  }
  writer_.End(sentence);
  writer_.Append({instrument.path_fields, facts.evidence_fields, target.evidence_fields});
  writer_.End(begin);
  Note(own.link);
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
    writer_.Item(v1::ThemeSynergy::kTargetProvisionsFieldNumber, link.facts->provision_theme);
    Note(link);
  }
  const TargetPart target = PartOf(strongest);
  const size_t count = row.max_commitments > 0 ? std::min(row.commitments.size(),
                                                          static_cast<size_t>(row.max_commitments))
                                               : row.commitments.size();
  for (const OwnCommitment& own : std::span(row.commitments).first(count)) {
    WriteCommitment(own, target);
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
