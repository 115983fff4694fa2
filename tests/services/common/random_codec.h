// What seals the page tokens of a test program.
#ifndef ATTLAS_TESTS_SERVICES_COMMON_RANDOM_CODEC_H_
#define ATTLAS_TESTS_SERVICES_COMMON_RANDOM_CODEC_H_

#include "services/common/page_token.h"

namespace attlas::testing {

// One for the whole program, with a key of its own. Thread-safe.
inline const services::PageTokenCodec& RandomCodec() {
  static const services::PageTokenCodec codec(services::PageTokenKey::Random());
  return codec;
}

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_SERVICES_COMMON_RANDOM_CODEC_H_
