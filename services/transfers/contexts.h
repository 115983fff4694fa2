// Conflict, measures and crime that touch a state.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_TRANSFERS_CONTEXTS_H_
#define ATTLAS_SERVICES_TRANSFERS_CONTEXTS_H_

#include <set>
#include <string>
#include <string_view>

#include "attlas/transfers/v1/transfers.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/transfers/transfer_question.h"

namespace attlas::transfers {

using PlaceContexts = google::protobuf::RepeatedPtrField<v1::PlaceContext>;

// Appends the contexts that touch a place on the date of the answer or touched it in the period of
// the edition, those of the date first, then by name. None that began after the date.
void FillContexts(const Material& material, const graph::Node& edition, std::string_view place,
                  PlaceContexts* contexts);

// Whether a context of one of the kinds touches the place on the date of the answer.
bool IsTouched(const Material& material, std::string_view place,
               const std::set<std::string, std::less<>>& kinds);
// The kinds that are conflict or measures: armed conflict, embargo and sanctions, not crime.
const std::set<std::string, std::less<>>& ConflictAndMeasures();

// The kinds of the contexts that the index holds.
std::set<std::string, std::less<>> HeldKinds(const domain::SubgraphIndex& index);

// Tells the reader how to take contexts, where there are any.
void NoteOnContexts(const Material& material);

}  // namespace attlas::transfers

#endif  // ATTLAS_SERVICES_TRANSFERS_CONTEXTS_H_
