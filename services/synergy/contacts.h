// Organizations, events and concerns that two states share.
//
// Thread-safety: functions and plain values, which view the index they were made from.
#ifndef ATTLAS_SERVICES_SYNERGY_CONTACTS_H_
#define ATTLAS_SERVICES_SYNERGY_CONTACTS_H_

#include <optional>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "attlas/synergy/v1/bridge.pb.h"
#include "services/domain/evidence.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::synergy {

// An organization or an event, and the two statements that link the states to it.
struct Contact {
  std::string_view node;
  const graph::Edge* own = nullptr;
  const graph::Edge* other = nullptr;
};

// Two challenges of one theme of concern, and the statements that link the states to it.
struct Concern {
  const graph::Edge* own_voiced = nullptr;
  const graph::Edge* own_concerns = nullptr;
  const graph::Edge* peer_concerns = nullptr;
  const graph::Edge* peer_voiced = nullptr;
  const graph::Edge* joined = nullptr;  // The peer's joining of the target.
  std::optional<graph::Date> own_date;
  std::optional<graph::Date> peer_date;

  // False where either date is not known.
  bool VoicedBeforeJoining() const;
};

struct Contacts {
  std::vector<Contact> organizations;
  std::vector<Contact> events;
  std::vector<Concern> concerns;  // Those voiced before joining first, then by theme.
};

// What one state shares with others. A body that instruments address as a whole, as the United
// Nations, is no contact: it would link everybody to everybody.
class ContactFinder {
 public:
  ContactFinder(const domain::SubgraphIndex& index, std::string_view state,
                const domain::Reading& reading);

  // `joined`: the statement by which the peer joined the target. O(what they share).
  Contacts With(std::string_view peer, const graph::Edge* joined) const;

 private:
  // A voiced challenge and its theme.
  struct Voice {
    const graph::Edge* voiced;
    const graph::Edge* concerns;
  };
  // What others share with the state, but for their concerns.
  struct Shared {
    std::vector<Contact> organizations;
    std::vector<Contact> events;
    bool concerns = false;  // Whether it voiced any of the same themes.
  };

  // Adds the nodes to which statements of `type` that count link the state and others.
  template <typename Counts>
  void AddShared(std::string_view type, std::vector<Contact> Shared::*to, Counts counts);
  std::vector<Voice> VoicesOf(std::string_view state) const;
  std::vector<Concern> ConcernsWith(std::string_view peer, const graph::Edge* joined) const;

  const domain::SubgraphIndex& index_;
  const std::string_view state_;
  const domain::Reading& reading_;
  std::vector<Voice> own_voices_;
  absl::flat_hash_map<absl::string_view, Shared> shared_;  // By peer.
};

void FillContact(const domain::SubgraphIndex& index, const Contact& contact,
                 domain::EvidenceGatherer* evidence, v1::SharedContact* result);
void FillConcern(const domain::SubgraphIndex& index, const Concern& concern,
                 domain::EvidenceGatherer* evidence, v1::SharedConcern* result);

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_CONTACTS_H_
