#include "clients/exchange/status_changes.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace attlas::exchange {
namespace {

using graph::Date;
using graph::Edge;
using graph::FormatDate;

constexpr char kSigned[] = "SIGNED";
constexpr char kConsented[] = "CONSENTED_TO";
// An act whose kind is not known, as some sources list parties.
constexpr char kUnknownAct[] = "membership";
constexpr size_t kMostNamed = 10;

// Whether `table` says no more than `held`: the same date, or the same cut to its year or month.
bool SaysNoMore(const Date& table, const Date& held) {
  return FormatDate(held).starts_with(FormatDate(table));
}

bool IsAfter(const Date& end, const Date& start) {
  return graph::FirstDay(end) > graph::FirstDay(start);
}

void SetText(std::string_view name, const std::string& text, Edge* edge) {
  for (graph::Property& property : *edge->mutable_properties()) {
    if (property.name() != name) continue;
    property.mutable_value()->set_text(text);
    return;
  }
  graph::Property* property = edge->add_properties();
  property->set_name(std::string(name));
  property->mutable_value()->set_text(text);
}

class Planner {
 public:
  explicit Planner(const HeldStatus& held) : held_(held) {
    for (const Edge& edge : held.acts) edges_[edge.from()].push_back(&edge);
  }

  void Plan(const StatusRow& row) {
    listed_.insert(row.state);
    of_row_.clear();
    if (row.signature.has_value()) PlanSignature(row);
    if (row.deposit.has_value()) PlanConsent(row);
    if (row.withdrawal.has_value()) PlanWithdrawal(row);
  }

  StatusChanges Finish() {
    std::vector<std::string> missing;
    for (const auto& [state, edges] : edges_) {
      if (!listed_.contains(state)) missing.push_back(Shown(state));
    }
    const bool all_listed = missing.empty();
    if (!all_listed) NoteMissing(std::move(missing));
    PlanCoverage(all_listed);
    return std::move(planned_);
  }

 private:
  void NoteMissing(std::vector<std::string> states) {
    const size_t count = states.size();
    const size_t more = count > kMostNamed ? count - kMostNamed : 0;
    states.resize(count - more);
    planned_.notes.push_back(absl::StrCat(
        count, count == 1 ? " state that is" : " states that are",
        " held here and not in the table stay as they are: ", absl::StrJoin(states, ", "),
        more > 0 ? absl::StrCat(" and ", more, " more") : ""));
  }

  std::string Shown(const std::string& state) const {
    const auto found = held_.shown.find(state);
    return found == held_.shown.end() ? state : found->second;
  }

  std::vector<const Edge*> Held(const std::string& state, std::string_view type) const {
    std::vector<const Edge*> found;
    const auto edges = edges_.find(state);
    if (edges == edges_.end()) return found;
    for (const Edge* edge : edges->second) {
      if (edge->type() == type) found.push_back(edge);
    }
    return found;
  }

  graph::v1::Mutation* Add(const std::string& state, const std::string& words) {
    v1::PlannedChange& change = planned_.changes.emplace_back();
    change.set_subject(state);
    change.set_words(absl::StrCat(Shown(state), ": ", words));
    return change.mutable_mutation();
  }

  // The citation of the table takes the place of an earlier one of the same source.
  void Cite(Edge* edge) const {
    for (graph::Citation& citation : *edge->mutable_citations()) {
      if (citation.source() != held_.citation.source()) continue;
      citation = held_.citation;
      return;
    }
    *edge->add_citations() = held_.citation;
  }

  Edge NewAct(std::string_view type, const StatusRow& row, const Date& date,
              const std::string& act) const {
    Edge edge;
    edge.set_type(std::string(type));
    edge.set_from(row.state);
    edge.set_to(held_.instrument.name());
    *edge.mutable_valid_from() = date;
    SetText("act", act, &edge);
    Cite(&edge);
    return edge;
  }

  void Create(const StatusRow& row, Edge edge, const std::string& words) {
    // What was not there must still not be there, whatever its kind.
    if (Held(row.state, edge.type()).empty()) {
      graph::v1::EdgeMatch* match = planned_.preconditions.emplace_back().mutable_no_edge_matches();
      match->set_type(edge.type());
      match->set_from(edge.from());
      match->set_to(edge.to());
    }
    graph::Canonicalize(&edge);
    of_row_[edge.type()] = planned_.changes.size();
    *Add(row.state, words)->mutable_create_edge() = std::move(edge);
  }

  void Replace(const StatusRow& row, Edge edge, const std::string& words) {
    const std::string etag = edge.etag();
    graph::Canonicalize(&edge);
    edge.set_etag(etag);
    of_row_[edge.name()] = planned_.changes.size();
    *Add(row.state, words)->mutable_update_edge() = std::move(edge);
  }

  void PlanSignature(const StatusRow& row) {
    const std::vector<const Edge*> held = Held(row.state, kSigned);
    const std::string date = FormatDate(*row.signature);
    if (held.empty()) {
      return Create(row, NewAct(kSigned, row, *row.signature, "signature"),
                    absl::StrCat("signed on ", date, " (new)"));
    }
    if (SaysNoMore(*row.signature, held[0]->valid_from())) return;
    if (held[0]->has_valid_to() && !IsAfter(held[0]->valid_to(), *row.signature)) {
      planned_.notes.push_back(absl::StrCat(Shown(row.state), ": the table has a signature on ",
                                            date, ", but it ended on ",
                                            FormatDate(held[0]->valid_to()), "; left as it is"));
      return;
    }
    Edge edge = *held[0];
    const std::string before = FormatDate(edge.valid_from());
    *edge.mutable_valid_from() = *row.signature;
    Cite(&edge);
    Replace(row, std::move(edge),
            absl::StrCat("signature on ", date, ", not ", before.empty() ? "undated" : before,
                         " (corrected)"));
  }

  // The consent that the row is about: one that has not ended, else the last one.
  const Edge* CurrentConsent(const std::string& state) const {
    const Edge* current = nullptr;
    for (const Edge* edge : Held(state, kConsented)) {
      const bool open = !edge->has_valid_to();
      if (current == nullptr || open ||
          (current->has_valid_to() &&
           graph::CompareDates(current->valid_to(), edge->valid_to()) < 0)) {
        current = edge;
      }
    }
    return current;
  }

  void PlanConsent(const StatusRow& row) {
    const Edge* held = CurrentConsent(row.state);
    const std::string date = FormatDate(*row.deposit);
    // Depositaries mark every kind but ratification, which takes a signature.
    const bool has_signed = row.signature.has_value() || !Held(row.state, kSigned).empty();
    const std::string act = !row.act.empty() ? row.act : has_signed ? "ratification" : "accession";
    const bool again = held != nullptr && held->has_valid_to() &&
                       graph::FirstDay(held->valid_to()) <= graph::FirstDay(*row.deposit);
    if (held == nullptr || again) {
      Edge edge = NewAct(kConsented, row, *row.deposit, act);
      edge.set_qualifier(act);
      for (const Edge* other : Held(row.state, kConsented)) {
        if (other->qualifier() == act) edge.set_qualifier(absl::StrCat(act, "-", date));
      }
      return Create(row, std::move(edge),
                    absl::StrCat(act, " on ", date, again ? " (again)" : " (new)"));
    }
    const std::string held_act(graph::TextProperty(held->properties(), "act"));
    const bool other_act = !row.act.empty() && row.act != held_act;
    const bool other_date = !SaysNoMore(*row.deposit, held->valid_from());
    if (!other_act && !other_date) return;
    Edge edge = *held;
    const std::string before = FormatDate(edge.valid_from());
    if (other_date) *edge.mutable_valid_from() = *row.deposit;
    Cite(&edge);
    if (!other_act) {
      return Replace(row, std::move(edge),
                     absl::StrCat(held_act, " on ", date, ", not ",
                                  before.empty() ? "undated" : before, " (corrected)"));
    }
    PlanOtherAct(row, *held, std::move(edge), held_act);
  }

  // The kind is part of what a statement is, so that another kind is another statement.
  void PlanOtherAct(const StatusRow& row, const Edge& held, Edge edge,
                    const std::string& held_act) {
    edge.clear_name();
    edge.clear_etag();
    edge.set_qualifier(row.act);
    SetText("act", row.act, &edge);
    graph::Canonicalize(&edge);
    const std::string was =
        held_act == kUnknownAct ? "of a kind that was not known" : absl::StrCat("not ", held_act);
    graph::v1::EtagMatch* match = planned_.preconditions.emplace_back().mutable_etag_matches();
    match->set_name(held.name());
    match->set_etag(held.etag());
    Add(row.state, absl::StrCat("the ", held_act, " is withdrawn from the record"))
        ->set_delete_edge(held.name());
    of_row_[held.name()] = planned_.changes.size();
    *Add(row.state,
         absl::StrCat(row.act, " on ", FormatDate(edge.valid_from()), ", ", was, " (corrected)"))
         ->mutable_create_edge() = std::move(edge);
  }

  void PlanWithdrawal(const StatusRow& row) {
    const Edge* consent = CurrentConsent(row.state);
    if (const Edge* made = PlannedEdge(kConsented);
        made != nullptr && IsAfter(*row.withdrawal, made->valid_from())) {
      End(row, kConsented, *made);
    } else if (consent != nullptr) {
      End(row, consent->name(), *consent);
    } else {
      planned_.notes.push_back(absl::StrCat(
          Shown(row.state), ": the table has a withdrawal on ", FormatDate(*row.withdrawal),
          ", but no consent ", made == nullptr ? "is held" : "before it", "; left as it is"));
      return;
    }
    // A withdrawal ends the signature of an instrument that is in force as well.
    if (graph::FindProperty(held_.instrument.properties(), "entry_into_force") == nullptr) return;
    for (const Edge* edge : Held(row.state, kSigned)) End(row, edge->name(), *edge);
    if (const Edge* made = PlannedEdge(kSigned); made != nullptr) End(row, kSigned, *made);
  }

  // What the row makes of a statement, by the key of `of_row_`; null where it leaves it alone.
  Edge* PlannedEdge(const std::string& key) {
    const auto planned = of_row_.find(key);
    if (planned == of_row_.end()) return nullptr;
    graph::v1::Mutation* mutation = planned_.changes[planned->second].mutable_mutation();
    return mutation->has_create_edge() ? mutation->mutable_create_edge()
                                       : mutation->mutable_update_edge();
  }

  // Ends a statement by the withdrawal of a row, within the change that the row makes of it anyway.
  void End(const StatusRow& row, const std::string& key, const Edge& before) {
    Edge* const planned = PlannedEdge(key);
    Edge edge = planned == nullptr ? before : *planned;
    if (edge.has_valid_to() && SaysNoMore(*row.withdrawal, edge.valid_to())) return;
    const std::string date = FormatDate(*row.withdrawal);
    const std::string what = edge.type() == kSigned ? "signature" : "consent";
    if (edge.has_valid_from() && !IsAfter(*row.withdrawal, edge.valid_from())) {
      planned_.notes.push_back(absl::StrCat(Shown(row.state), ": the table has a withdrawal on ",
                                            date, ", which is not after the ", what, " of ",
                                            FormatDate(edge.valid_from()), "; left as it is"));
      return;
    }
    *edge.mutable_valid_to() = *row.withdrawal;
    SetText("withdrawal_note", absl::StrCat("Ended by withdrawal on ", date, "."), &edge);
    Cite(&edge);
    const std::string words = absl::StrCat(what, " ends by withdrawal on ", date);
    if (planned == nullptr) return Replace(row, std::move(edge), words);
    const std::string etag = edge.etag();
    graph::Canonicalize(&edge);
    edge.set_etag(etag);
    *planned = std::move(edge);
    v1::PlannedChange& change = planned_.changes[of_row_.at(key)];
    change.set_words(absl::StrCat(change.words(), "; ", words));
  }

  // A table that lists everyone brings the list up to its own date.
  void PlanCoverage(bool lists_everyone) {
    const graph::Value* coverage = graph::FindProperty(held_.instrument.properties(), "coverage");
    const graph::Value* known =
        graph::FindProperty(held_.instrument.properties(), "coverage_as_of");
    if (!lists_everyone || coverage == nullptr || coverage->text() != "complete" ||
        known == nullptr || graph::CompareDates(known->date(), held_.citation.retrieved()) >= 0) {
      return;
    }
    graph::Node node = held_.instrument;
    for (graph::Property& property : *node.mutable_properties()) {
      if (property.name() != "coverage_as_of") continue;
      *property.mutable_value()->mutable_date() = held_.citation.retrieved();
    }
    v1::PlannedChange& change = planned_.changes.emplace_back();
    change.set_subject(node.name());
    change.set_words(absl::StrCat(node.display_name(), ": its list of participants is known up to ",
                                  FormatDate(held_.citation.retrieved()), ", not ",
                                  FormatDate(known->date())));
    *change.mutable_mutation()->mutable_update_node() = std::move(node);
  }

  const HeldStatus& held_;
  std::map<std::string, std::vector<const Edge*>> edges_;
  std::set<std::string> listed_;
  // The changes of the row in hand, by the statement that they correct or take the place of, or the
  // type of one that is new.
  std::map<std::string, size_t> of_row_;
  StatusChanges planned_;
};

}  // namespace

StatusChanges PlanStatusChanges(const HeldStatus& held, const std::vector<StatusRow>& rows) {
  Planner planner(held);
  for (const StatusRow& row : rows) planner.Plan(row);
  return planner.Finish();
}

}  // namespace attlas::exchange
