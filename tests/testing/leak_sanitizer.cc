// What LeakSanitizer must be told about in every test; linked where AddressSanitizer is on.
//
// c-ares 1.18.1, which gRPC asks for the addresses of a name, loses a copy of the name each time it
// resolves `localhost`: 10 bytes, reported to its makers as issue 439 and mended after. A client
// that checks a certificate's name must connect by name, so that the tests of access meet it. The
// report names no function, for Debian's library is stripped; so the library is what is named here.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)

extern "C" const char* __lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "leak:libcares.so\n";
}
