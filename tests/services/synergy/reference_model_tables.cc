// How the reference model takes what it knows from the tables.

#include <algorithm>

#include "tests/services/synergy/reference_model.h"

namespace attlas::testing {
namespace {

const std::map<std::string, ActKind>& ActTables() {
  // Signatures first: of acts that ended together, the model takes the later one.
  static const auto* const tables =
      new std::map<std::string, ActKind>{{"1 edges/signed", ActKind::kSigned},
                                         {"2 edges/consented-to", ActKind::kConsented},
                                         {"3 edges/endorsed", ActKind::kEndorsed}};
  return *tables;
}

}  // namespace

ReferenceModel::ReferenceModel() : broader_(ReadBroaderTerms()) {
  for (Row& row : ReadTable("nodes/instrument")) {
    const std::string name = "instruments/" + row.at("id");
    instruments_[name] = std::move(row);
  }
  for (const Row& row : ReadTable("nodes/state")) states_.push_back("states/" + row.at("id"));
  memberships_ = ReadTable("edges/member-of");
  groupings_ = ReadTable("edges/member-of-grouping");
  ReadActs();
  ReadRules();
  ReadProvisions();
}

void ReferenceModel::ReadActs() {
  for (const auto& [table, kind] : ActTables()) {
    for (const Row& row : ReadTable(table.substr(2))) {
      acts_[row.at("from")][row.at("to")].push_back({.kind = kind,
                                                     .from = Cell(row, "valid_from"),
                                                     .to = Cell(row, "valid_to"),
                                                     .confidence = ConfidenceOf(row),
                                                     .act = Cell(row, "act"),
                                                     .through = "",
                                                     .in_force_from = ""});
    }
  }
}

void ReferenceModel::ReadRules() {
  const auto later = [](const std::string& a, const std::string& b) {
    return FirstDayOf(a, kAlways) < FirstDayOf(b, kAlways) ? b : a;
  };
  for (const Row& rule : ReadTable("nodes/rule")) {
    const std::string instrument = rule.at("instrument");
    const std::string not_before = Cell(rule, "not_before");
    if (rule.at("kind") == "offset") {
      for (auto& [state, portfolio] : acts_) {
        if (!portfolio.contains(instrument)) continue;
        for (ReferenceAct& act : portfolio.at(instrument)) {
          if (act.kind != ActKind::kConsented) continue;
          act.has_rule = true;
          if (act.from.empty()) continue;
          act.in_force_from =
              later(Moved(act.from, Number(rule, "add_days"), Number(rule, "add_months"),
                          Cell(rule, "first_day_of_month") == "true"),
                    not_before);
        }
      }
      continue;
    }
    const bool addresses = rule.at("derives") == "ADDRESSED_BY";
    for (const Row& member : memberships_) {
      if (member.at("to") != rule.at("organization") || member.at("role") != rule.at("role") ||
          !member.at("from").starts_with("states/")) {
        continue;
      }
      acts_[member.at("from")][instrument].push_back(
          {.kind = addresses ? ActKind::kAddressed : ActKind::kThrough,
           .from = later(Cell(member, "valid_from"), not_before),
           .to = Cell(member, "valid_to"),
           .confidence = std::min(ConfidenceOf(member), ConfidenceOf(rule)),
           .act = "",
           .through = addresses ? "" : rule.at("organization"),
           .in_force_from = ""});
    }
  }
}

void ReferenceModel::ReadProvisions() {
  const std::vector<Row> serves = ReadTable("edges/serves");
  for (const Row& has : ReadTable("edges/has-provision")) {
    for (const Row& row : serves) {
      if (row.at("from") != has.at("to")) continue;
      const std::string strength = row.at("strength");
      provisions_.push_back({.instrument = has.at("from"),
                             .name = has.at("to"),
                             .theme = row.at("to"),
                             .from = FirstDayOf(Cell(has, "valid_from"), kAlways),
                             .confidence = std::min(ConfidenceOf(has), ConfidenceOf(row)),
                             .strength = strength == "binding" ? instruments::v1::STRENGTH_BINDING
                                         : strength == "political"
                                             ? instruments::v1::STRENGTH_POLITICAL
                                             : instruments::v1::STRENGTH_VOLUNTARY});
    }
  }
}

std::vector<std::string> ReferenceModel::Instruments() const {
  std::vector<std::string> names;
  names.reserve(instruments_.size());
  for (const auto& [name, row] : instruments_) names.push_back(name);
  return names;
}

std::vector<std::string> ReferenceModel::InstrumentsWithProvisions() const {
  std::set<std::string> names;
  for (const Provision& provision : provisions_) names.insert(provision.instrument);
  return {names.begin(), names.end()};
}

std::set<std::string> ReferenceModel::MembersOf(const std::string& grouping) const {
  std::set<std::string> members;
  for (const Row& row : groupings_) {
    if (row.at("to") == grouping) members.insert(row.at("from"));
  }
  return members;
}

std::set<std::string> ReferenceModel::GroupingsOf(const std::string& state) const {
  std::set<std::string> names;
  for (const Row& row : groupings_) {
    if (row.at("from") == state) names.insert(row.at("to"));
  }
  return names;
}

}  // namespace attlas::testing
