// What instruments ask: their provisions and the themes that these serve, made ready for answers.
//
// What: the links of instruments as one caller sees them at one revision, each with what answers
// say of it and with its statements in the form of an answer, so that a question about a state only
// joins them with what that state has done. Nothing here depends on a day or on a confidence; that
// is asked of each link.
// When not: for a question that needs a few links of one instrument: LinksOf (instrument_facts.h).
// Complexity: making one is O(links log links), Links is O(1).
// Threads: immutable; it views the index that it holds, and is not copied.
//
// Example:
//   const Law law(std::move(index));
//   for (const ProvisionLink& link : law.Links("instruments/att")) …
#ifndef ATTLAS_SERVICES_DOMAIN_LAW_H_
#define ATTLAS_SERVICES_DOMAIN_LAW_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/participation.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

// What sentences and answers say of a provision or a theme.
struct NodeText {
  std::string named;           // A NamedNode, written.
  std::string phrase;          // The name within a sentence: `export licensing`.
  std::string_view reference;  // Where in its instrument a provision stands: `Art. 5(2)`.
};

// What is known of a link whatever the question.
struct LinkFacts {
  // The days on which both statements hold, the last one excluded.
  graph::DayNumber start = graph::kBeginningOfTime;
  graph::DayNumber end = graph::kEndOfTime;
  graph::Confidence confidence = graph::v1::CONFIDENCE_UNSPECIFIED;  // The lower of both.
  size_t number = 0;                                                 // Among the links of its law.
  const NodeText* provision = nullptr;
  const NodeText* theme = nullptr;
  // What goes into an answer as it is. Of a commitment under the link: the fields from `provision`
  // to `theme`, the statements in `evidence`, and the words of the sentence about the provision,
  // such as `whose provision Art. 5(2) deals with export licensing`.
  std::string commitment_fields;
  std::string evidence_fields;
  std::string words;
  std::string provision_theme;  // A ProvisionTheme, written.

  // Whether both statements count.
  bool Counts(const Reading& reading) const {
    return start <= reading.day && reading.day < end && confidence >= reading.min_confidence;
  }
};

// What is known of an instrument whatever the question.
struct InstrumentOfLaw {
  InstrumentTerms terms;
  std::vector<std::string> goods;
  instruments::v1::Reach reach = instruments::v1::REACH_ALL_TRANSFERS;
  // Strongest first, then by provision, each with its facts: all of them, whether they count or
  // not.
  std::vector<ProvisionLink> links;
};

// A statement of a link, ready for an answer.
struct StatementOfLaw {
  std::string written;            // A Statement, written.
  std::vector<uint32_t> sources;  // The numbers of what its citations cite: Law::SourceName.
};

class Law {
 public:
  // Of all instruments with provisions that the index holds.
  explicit Law(std::shared_ptr<const SubgraphIndex> index);
  Law(const Law&) = delete;
  Law& operator=(const Law&) = delete;

  const SubgraphIndex& index() const { return *index_; }

  // Null for an instrument that is not here.
  const InstrumentOfLaw* Find(std::string_view instrument) const;
  // Its links; none of an instrument that is not here.
  std::span<const ProvisionLink> Links(std::string_view instrument) const;
  // Those that count; none before the adoption of the instrument.
  std::vector<ProvisionLink> LinksOf(std::string_view instrument, const Reading& reading) const;

  // How many links there are, of all instruments.
  size_t link_count() const { return facts_.size(); }

  // Null for a node that is not here.
  const NodeText* TextOf(std::string_view node) const;
  // A statement of a link; null for any other.
  const StatementOfLaw* StatementOf(const graph::Edge& edge) const;
  // What the statements cite, numbered from 0.
  size_t source_count() const { return source_names_.size(); }
  std::string_view SourceName(size_t number) const { return source_names_[number]; }

 private:
  void AddTexts();
  void AddLinks(const graph::Node& instrument);
  void AddStatement(const graph::Edge& edge);

  const std::shared_ptr<const SubgraphIndex> index_;
  absl::flat_hash_map<absl::string_view, InstrumentOfLaw> instruments_;
  absl::flat_hash_map<absl::string_view, const NodeText*> texts_by_name_;
  absl::flat_hash_map<const graph::Edge*, StatementOfLaw> statements_;
  absl::flat_hash_map<absl::string_view, uint32_t> source_numbers_;
  std::vector<std::string_view> source_names_;  // By number.
  std::deque<NodeText> texts_;
  std::deque<LinkFacts> facts_;
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_LAW_H_
