// Writes the themes of a FindSynergiesResponse, which are nearly all of it, as bytes.
//
// What: what the commitments under one instrument have in common is made once, what the law has
// ready goes in as it is, and only what joins them is made for each commitment.
// Threads: single-thread; one writer an answer. It views what it was made from.
#ifndef ATTLAS_SERVICES_SYNERGY_THEME_WRITER_H_
#define ATTLAS_SERVICES_SYNERGY_THEME_WRITER_H_

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/common/wire_writer.h"
#include "services/domain/evidence.h"
#include "services/domain/goods.h"
#include "services/domain/law.h"
#include "services/synergy/agencies.h"
#include "services/synergy/commitments.h"
#include "services/synergy/explain.h"

namespace attlas::synergy {

// Everything that themes are written from.
struct ThemeMaterial {
  const domain::SubgraphIndex& index;  // Of the state: its acts, instruments, agencies and roles.
  const domain::Law& law;
  const domain::GoodsTaxonomy& taxonomy;
  const domain::Reading& reading;
  LinkNames link_names;
};

// What is written of one theme.
struct ThemeRow {
  std::string_view theme;
  std::span<const domain::ProvisionLink> target_links;  // Of all themes, strongest first.
  const std::vector<OwnCommitment>& commitments;        // Best first.
  std::span<const AgencyRole> roles;
  v1::JoiningEffect effect = v1::JOINING_EFFECT_UNSPECIFIED;
  int max_commitments = 0;  // 0 for all.
};

class ThemeWriter {
 public:
  // Writes with `writer`, and notes in `evidence` the statements that are used.
  ThemeWriter(const ThemeMaterial& material, domain::EvidenceGatherer* evidence,
              services::WireWriter* writer)
      : material_(material),
        evidence_(evidence),
        writer_(*writer),
        noted_(material.law.link_count(), false) {}

  void Write(const ThemeRow& row);

 private:
  // What the commitments under one instrument have in common whose texts are equally strong.
  struct StrengthPart {
    std::string fields;     // From the goods to the class.
    std::string beginning;  // Of the sentence.
  };
  // What all commitments under one instrument have in common.
  struct InstrumentPart {
    std::string standing;         // In words.
    std::string standing_fields;  // The fields before the provision.
    std::string path_fields;      // The statements that the standing rests on, as evidence.
    std::string end;              // Of the sentence.
    graph::Confidence confidence = graph::v1::CONFIDENCE_SEEN;
    // By strength of the text; empty until there is one.
    std::array<StrengthPart, instruments::v1::Strength_ARRAYSIZE> by_strength;
  };
  // What all commitments on one theme have in common: the provision of the target, if it has one.
  struct TargetPart {
    const domain::ProvisionLink* link = nullptr;
    std::string words;
    std::string evidence_fields;
  };

  InstrumentPart& PartOf(const OwnInstrument& instrument);
  const StrengthPart& PartOf(const OwnCommitment& own, InstrumentPart* instrument) const;
  TargetPart PartOf(const domain::ProvisionLink* target_link);
  void WriteCommitment(const OwnCommitment& own, const TargetPart& target);
  // Notes the statements of a link, most of which are noted already.
  void Note(const domain::ProvisionLink& link);

  const ThemeMaterial& material_;
  domain::EvidenceGatherer* const evidence_;
  services::WireWriter& writer_;
  std::vector<bool> noted_;  // By number of the link.
  absl::flat_hash_map<const OwnInstrument*, InstrumentPart> parts_;
};

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_THEME_WRITER_H_
