// Organizations, events and concerns that two states share.
//
// What: what links states to bodies on one day from one confidence is told once for all of them
// (ContactPoints); what one state shares with another is then what both have. Nodes are told by
// their numbers in the index.
// Threads: immutable, and plain values. They view the index they were made from.
//
// Example:
//   const ContactPoints points(index, reading);
//   const ContactFinder contacts(points, index.NumberOf("states/IDN"));
//   for (const Contact& contact : contacts.Events(peer)) …
#ifndef ATTLAS_SERVICES_SYNERGY_CONTACTS_H_
#define ATTLAS_SERVICES_SYNERGY_CONTACTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "graph/model/date.h"
#include "services/domain/runs.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::synergy {

// A statement that links a state to an organization or an event.
struct Tie {
  uint32_t state = 0;
  uint32_t body = 0;
  const graph::Edge* statement = nullptr;
};

// The statements of one type that count. One body may list a state more than once; it is still one
// body, and the first of them stands for all.
class Ties {
 public:
  Ties(const domain::SubgraphIndex& index, std::string_view type,
       absl::FunctionRef<bool(const graph::Edge&)> counts);

  // Those of a state, by body.
  std::span<const Tie> Of(uint32_t state) const { return by_state_.In(std::span(ties_), state); }
  // Those to a body, by state.
  std::span<const Tie> To(uint32_t body) const { return by_body_.In(std::span(reversed_), body); }

 private:
  std::vector<Tie> ties_;      // By state, then by body.
  std::vector<Tie> reversed_;  // By body, then by state.
  domain::Runs by_state_;
  domain::Runs by_body_;
};

// A voiced challenge and its theme of concern, when both statements count.
struct Voice {
  const graph::Edge* voiced = nullptr;
  const graph::Edge* concerns = nullptr;
  uint32_t state = 0;
  uint32_t challenge = 0;
  uint32_t theme = 0;
  std::optional<graph::Date> date;
};

// What links states to others on a day from a confidence. A body that instruments address as a
// whole, as the United Nations, is no contact: it would link everybody to everybody.
class ContactPoints {
 public:
  // O(statements).
  ContactPoints(const domain::SubgraphIndex& index, const domain::Reading& reading);

  const Ties& organizations() const { return organizations_; }
  const Ties& events() const { return events_; }
  std::span<const Voice> VoicesOf(uint32_t state) const {
    return by_state_.In(std::span(voices_), state);
  }
  size_t end_count() const { return end_count_; }

 private:
  const size_t end_count_;
  const Ties organizations_;
  const Ties events_;
  std::vector<Voice> voices_;  // By state, then by challenge.
  domain::Runs by_state_;      // Of the voices.
};

// An organization or an event, and the two statements that link the states to it.
struct Contact {
  uint32_t body = 0;
  const graph::Edge* own = nullptr;
  const graph::Edge* other = nullptr;
};

// Two challenges of one theme of concern.
struct Concern {
  const Voice* own = nullptr;
  const Voice* peer = nullptr;
  const graph::Edge* joined = nullptr;  // The peer's joining of the target.
  bool voiced_before_joining = false;   // False where either date is not known.
};

// What one state shares with others.
class ContactFinder {
 public:
  // Nothing of nobody. O(what its bodies link).
  ContactFinder(const ContactPoints& points, std::optional<uint32_t> state);

  // How many organizations and events it shares with the peer. O(1).
  int Count(uint32_t peer) const { return counts_[peer]; }
  // Those, by name. O(bodies of both).
  std::vector<Contact> Organizations(uint32_t peer) const;
  std::vector<Contact> Events(uint32_t peer) const;
  // Those voiced before joining first, then by theme. `joined`: the statement by which the peer
  // joined the target. O(voices of both, multiplied).
  std::vector<Concern> Concerns(uint32_t peer, const graph::Edge* joined) const;

 private:
  std::vector<Contact> Shared(const Ties& ties, uint32_t peer) const;

  const ContactPoints& points_;
  const std::optional<uint32_t> state_;
  std::vector<int> counts_;  // By number of the peer.
};

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_CONTACTS_H_
