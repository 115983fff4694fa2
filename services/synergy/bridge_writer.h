// Writes the rows of a FindBridgesResponse, which are nearly all of it, as bytes.
//
// Threads: single-thread; one writer an answer. It views what it was made from.
#ifndef ATTLAS_SERVICES_SYNERGY_BRIDGE_WRITER_H_
#define ATTLAS_SERVICES_SYNERGY_BRIDGE_WRITER_H_

#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "services/common/wire_writer.h"
#include "services/domain/evidence.h"
#include "services/domain/participation.h"
#include "services/domain/scope.h"
#include "services/synergy/bridge_table.h"
#include "services/synergy/contacts.h"
#include "services/synergy/profiles.h"

namespace attlas::synergy {

// Everything that bridges are written from.
struct BridgeMaterial {
  const BridgeTable& table;
  const domain::Reading& reading;
  std::string_view state;
  std::string_view target;
  const Profile& profile;         // Of the state.
  const ContactFinder& contacts;  // Of the state.
};

// A party to the target, and how near it is to the state.
struct Party {
  uint32_t number = 0;
  const domain::Standing* standing = nullptr;  // Towards the target.
  Similarity similarity;
  int contact_count = 0;  // Organizations and events.
  std::vector<Concern> concerns;

  // The statement by which it joined the target.
  const graph::Edge* joined() const { return standing->ground(); }
};

class BridgeWriter {
 public:
  // Writes with `writer`, and notes in `evidence` the statements that are used.
  BridgeWriter(const BridgeMaterial& material, domain::EvidenceGatherer* evidence,
               services::WireWriter* writer);

  // A Bridge as a field of the response.
  void Write(int field, const Party& party);
  // The organizations to which the state and any of the parties belong, or that held events which
  // the state attended: those with the most parties first. The parties come in their order.
  void WriteOrganizations(std::span<const Party* const> parties);

 private:
  // An organization that links the state to parties.
  struct Link {
    std::vector<uint32_t> parties;
    std::vector<uint32_t> events;
    std::vector<const graph::Edge*> evidence;
  };
  using Links = std::map<uint32_t, Link>;  // By number of the organization.

  void WriteContacts(int field, std::span<const Contact> contacts);
  void WriteConcern(const Concern& concern);
  void WriteSentence(const Party& party, std::span<const Contact> organizations, size_t events);
  // Notes the statements, and keeps those that can be cited.
  void Note(std::initializer_list<const graph::Edge*> edges, Link* link);
  void AddParties(std::span<const Party* const> parties, Links* links);
  void AddEvents(Links* links);
  void WriteLink(uint32_t organization, const Link& link);

  const BridgeMaterial& material_;
  const domain::SubgraphIndex& index_;
  const domain::WrittenNames& names_;
  const std::string_view state_;  // As people read it, as the target.
  const std::string_view target_;
  domain::EvidenceGatherer* const evidence_;
  services::WireWriter& writer_;
};

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_BRIDGE_WRITER_H_
