#include "services/cooperation/cooperation_words.h"

#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
namespace {

using google::protobuf::RepeatedPtrField;
using graph::ToAbsl;
using instruments::v1::NamedNode;

std::string NamesOf(const RepeatedPtrField<NamedNode>& nodes) {
  std::vector<std::string> names;
  for (const NamedNode& node : nodes) names.push_back(node.display_name());
  return domain::JoinList(names);
}

// Roles, as they stand within a sentence.
std::string RolesInWords(const RepeatedPtrField<NamedNode>& roles) {
  std::vector<std::string> names;
  for (const NamedNode& role : roles) names.push_back(domain::LowerFirst(role.display_name()));
  return domain::JoinList(names);
}

}  // namespace

std::string ExplainAgency(const v1::AgencyCooperation& agency) {
  std::vector<std::string> parts;
  for (const v1::InstrumentRoles& under : agency.instruments()) {
    parts.push_back(
        absl::StrCat(RolesInWords(under.roles()), " (", under.instrument().display_name(), ")"));
  }
  std::string sentence =
      absl::StrCat(agency.agency().display_name(), ": ", domain::JoinList(parts));
  if (!agency.partners().empty()) {
    absl::StrAppend(&sentence, "; beside ", NamesOf(agency.partners()));
  }
  return absl::StrCat(sentence, ".");
}

std::string ExplainMeeting(std::string_view instrument, const v1::MeetingInstrument& meeting) {
  std::set<std::string> holders;
  for (const v1::RoleEntry& role : meeting.roles()) {
    for (const v1::RoleHolder& holder : role.holders()) {
      holders.insert(holder.agency().display_name());
    }
  }
  return absl::StrCat("Under ", ToAbsl(instrument), ": ",
                      domain::JoinList(std::vector<std::string>(holders.begin(), holders.end())),
                      ".");
}

std::string ExplainBody(const v1::CoordinatingBody& body) {
  std::vector<std::string> joined;
  for (const v1::JoinedAgency& agency : body.joined()) {
    joined.push_back(agency.agency().display_name());
  }
  std::vector<std::string> roles;
  for (const v1::RoleEntry& role : body.roles()) {
    roles.push_back(domain::LowerFirst(role.role().display_name()));
  }
  return absl::StrCat(
      body.agency().display_name(), " coordinates",
      roles.empty() ? " by its kind" : absl::StrCat(" as ", domain::JoinList(roles)), "; ",
      joined.empty() ? "no statement says whom it joins"
                     : absl::StrCat("it joins ", domain::JoinList(joined)),
      ".");
}

std::string ExplainCooperation(const v1::FindCooperationResponse& response) {
  const std::string& state = response.state().display_name();
  if (response.agencies().empty()) {
    return absl::StrCat(state, ": no agency is known to hold a role under an instrument.");
  }
  const auto agencies = [](int count) {
    return absl::StrCat(count, count == 1 ? " agency" : " agencies");
  };
  return absl::StrCat(
      state, ": ", agencies(response.agencies_size()), " with roles under ",
      domain::Count(response.instruments_size(), "instrument"), ", ",
      response.agencies_under_several(), " of them under two or more; ",
      domain::Count(response.instruments_with_several(), "instrument"),
      " with two or more agencies; ", response.bodies_size(),
      response.bodies_size() == 1 ? " body that coordinates." : " bodies that coordinate.");
}

}  // namespace attlas::cooperation
