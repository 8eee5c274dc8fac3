package io.mealexpense.command.account.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.mealexpense.command.account.AccountView;
import io.mealexpense.command.account.Administration;
import io.mealexpense.command.account.Directory;
import io.mealexpense.command.account.NewAccount;
import io.mealexpense.command.account.Passwords;
import io.mealexpense.command.account.Registration;
import io.mealexpense.command.account.Sessions;
import io.mealexpense.command.account.Throttle;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.CrossSiteGuard;
import io.mealexpense.edge.security.Device;
import io.mealexpense.edge.security.SessionCookies;
import io.mealexpense.edge.version.Version;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Registration, sign-in and what people do with their own account. */
@RestController
@RequestMapping("/api/v1/auth")
@Tag(name = "Accounts")
@ApiResponse(
        responseCode = "default",
        description = "Refused",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class AuthController {

    static final String[] OPEN_ROUTES = {
        "/api/v1/auth/register",
        "/api/v1/auth/login",
        "/api/v1/auth/refresh",
        "/api/v1/auth/logout",
        "/api/v1/auth/setup"
    };

    private static final String COOKIE = "cookie";
    private static final int MAX_EMAIL = 254;
    private static final int MAX_SECRET = 1024;

    /**
     * @param currency offered first when an expense is entered, EUR if absent
     * @param zone IANA time zone of the owner, UTC if absent
     */
    @Schema(name = "NewAccount")
    record RegisterRequest(
            @Schema(requiredMode = REQUIRED, format = "email") @NotNull @Size(max = MAX_EMAIL) @Nullable
            String email,

            @Schema(requiredMode = REQUIRED, format = "password")
            @NotNull
            @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH)
            @Nullable
            String password,

            @Schema(requiredMode = REQUIRED) @NotNull @Size(min = 1, max = AccountTerms.MAX_DISPLAY_NAME) @Nullable
            String displayName,

            @Nullable String currency,
            @Nullable String zone) {

        NewAccount account() {
            return AccountTerms.of(email, password, displayName, currency, zone);
        }
    }

    /**
     * @param token from the set-up link
     */
    @Schema(name = "FirstAdministrator")
    record SetupRequest(
            @Schema(requiredMode = REQUIRED) @NotNull @Size(max = MAX_SECRET) @Nullable
            String token,

            @Schema(requiredMode = REQUIRED, format = "email") @NotNull @Size(max = MAX_EMAIL) @Nullable
            String email,

            @Schema(requiredMode = REQUIRED, format = "password")
            @NotNull
            @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH)
            @Nullable
            String password,

            @Schema(requiredMode = REQUIRED) @NotNull @Size(min = 1, max = AccountTerms.MAX_DISPLAY_NAME) @Nullable
            String displayName,

            @Nullable String currency,
            @Nullable String zone) {

        NewAccount account() {
            return AccountTerms.of(email, password, displayName, currency, zone);
        }
    }

    /**
     * @param session {@code cookie} for browsers: the tokens come as cookies that no script can read
     */
    @Schema(name = "SignIn")
    record LoginRequest(
            @Schema(requiredMode = REQUIRED) @NotNull @Size(max = MAX_SECRET) @Nullable
            String email,

            @Schema(requiredMode = REQUIRED, format = "password") @NotNull @Size(max = MAX_SECRET) @Nullable
            String password,

            @Schema(allowableValues = COOKIE) @Pattern(regexp = COOKIE) @Nullable
            String session) {}

    /**
     * @param refreshToken absent where it is a cookie
     */
    @Schema(name = "RefreshToken")
    record RefreshRequest(@Size(max = MAX_SECRET) @Nullable String refreshToken) {}

    @Schema(name = "NewPassword")
    record PasswordRequest(
            @Schema(requiredMode = REQUIRED, format = "password") @NotNull @Size(max = MAX_SECRET) @Nullable
            String currentPassword,

            @Schema(requiredMode = REQUIRED, format = "password")
            @NotNull
            @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH)
            @Nullable
            String newPassword) {}

    /**
     * @param expiresIn seconds the access token is good for
     */
    @Schema(name = "Tokens")
    record TokenAnswer(
            @Schema(requiredMode = REQUIRED) String accessToken,
            @Schema(requiredMode = REQUIRED) String refreshToken,
            @Schema(requiredMode = REQUIRED) String tokenType,
            @Schema(requiredMode = REQUIRED) long expiresIn) {

        static TokenAnswer of(Sessions.Tokens tokens) {
            return new TokenAnswer(
                    tokens.accessToken(),
                    tokens.refreshToken(),
                    "Bearer",
                    tokens.accessLifetime().toSeconds());
        }

        /** Without the tokens: this may end in a log. */
        @Override
        public String toString() {
            return "TokenAnswer[" + expiresIn + "]";
        }
    }

    /** The account as its owner sees it. */
    @Schema(name = "Me")
    record Me(
            @Schema(requiredMode = REQUIRED) UUID id,
            @Schema(requiredMode = REQUIRED) String email,
            @Schema(requiredMode = REQUIRED) String displayName,
            @Schema(requiredMode = REQUIRED) List<String> roles,
            @Schema(requiredMode = REQUIRED) String currency,
            @Schema(requiredMode = REQUIRED) String zone) {

        static Me of(AccountView account) {
            return new Me(
                    account.id(),
                    account.email(),
                    account.displayName(),
                    AccountsController.names(account.roles()),
                    account.currency(),
                    account.zone());
        }
    }

    private final Registration registration;
    private final Sessions sessions;
    private final Administration administration;
    private final Directory directory;
    private final Throttle throttle;

    AuthController(
            Registration registration,
            Sessions sessions,
            Administration administration,
            Directory directory,
            Throttle throttle) {
        this.registration = registration;
        this.sessions = sessions;
        this.administration = administration;
        this.directory = directory;
        this.throttle = throttle;
    }

    @PostMapping("/register")
    @PreAuthorize("permitAll()")
    @Operation(operationId = "register", summary = "Open an account")
    @ApiResponse(responseCode = "201", description = "Opened, with seven categories to begin with")
    ResponseEntity<Me> register(@Valid @RequestBody RegisterRequest request, HttpServletRequest http) {
        var account = request.account();
        throttle.registration(http.getRemoteAddr());
        return opened(registration.register(account, clientOf(http), deviceOf(http)));
    }

    @PostMapping("/setup")
    @PreAuthorize("permitAll()")
    @Operation(operationId = "setUp", summary = "Make the first administrator, with the token of the set-up link")
    @ApiResponse(responseCode = "201", description = "Made; an administrator is not a member")
    ResponseEntity<Me> setUp(@Valid @RequestBody SetupRequest request, HttpServletRequest http) {
        var account = request.account();
        throttle.signIn(http.getRemoteAddr());
        return opened(registration.setUp(String.valueOf(request.token()), account, clientOf(http), deviceOf(http)));
    }

    private static ResponseEntity<Me> opened(Registration.Registered opened) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .headers(opened.receipt().headers())
                .cacheControl(CacheControl.noStore())
                .body(Me.of(opened.account()));
    }

    /** Pages of ours send their origin, programs send none. */
    private static String clientOf(HttpServletRequest http) {
        return http.getHeader(HttpHeaders.ORIGIN) == null ? Sessions.API : Sessions.WEB;
    }

    private static @Nullable Device deviceOf(HttpServletRequest http) {
        return Device.of(http).orElse(null);
    }

    @PostMapping("/login")
    @PreAuthorize("permitAll()")
    @Operation(operationId = "signIn", summary = "Sign in")
    @ApiResponse(responseCode = "200", description = "Signed in; tokens for an API client")
    @ApiResponse(responseCode = "204", description = "Signed in; cookies for a browser", content = @Content)
    ResponseEntity<TokenAnswer> signIn(@Valid @RequestBody LoginRequest request, HttpServletRequest http) {
        throttle.signIn(http.getRemoteAddr());
        var cookies = request.session() != null;
        if (cookies && CrossSiteGuard.foreignOrigin(http)) {
            throw new ProblemException(ProblemType.CSRF, null); // nobody is signed in by a foreign page
        }
        var tokens = sessions.signIn(
                String.valueOf(request.email()),
                String.valueOf(request.password()),
                cookies ? Sessions.WEB : Sessions.API,
                deviceOf(http));
        return cookies ? inCookies(tokens, http) : inBody(tokens);
    }

    @PostMapping("/refresh")
    @PreAuthorize("permitAll()")
    @Operation(
            operationId = "refresh",
            summary = "Exchange the refresh token for new tokens; one that is used twice ends the session")
    @ApiResponse(responseCode = "200", description = "New tokens for an API client")
    @ApiResponse(responseCode = "204", description = "New cookies for a browser", content = @Content)
    ResponseEntity<TokenAnswer> refresh(
            @Valid @RequestBody(required = false) @Nullable RefreshRequest request, HttpServletRequest http) {
        throttle.signIn(http.getRemoteAddr());
        if (request != null && request.refreshToken() != null) {
            return inBody(sessions.refresh(request.refreshToken(), Sessions.API));
        }
        if (http.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            throw ProblemException.invalid("refreshToken", "is required");
        }
        var refreshToken = SessionCookies.read(http, SessionCookies.REFRESH)
                .orElseThrow(() -> new ProblemException(ProblemType.UNAUTHENTICATED, null));
        requireOwnPage(http);
        return inCookies(sessions.refresh(refreshToken, Sessions.WEB), http);
    }

    @PostMapping("/logout")
    @PreAuthorize("permitAll()")
    @Operation(operationId = "signOut", summary = "End the session")
    @ApiResponse(responseCode = "204", description = "Ended, or ended before")
    ResponseEntity<Void> signOut(
            @Valid @RequestBody(required = false) @Nullable RefreshRequest request, HttpServletRequest http) {
        var noContent = ResponseEntity.noContent().cacheControl(CacheControl.noStore());
        if (request != null && request.refreshToken() != null) {
            sessions.signOut(request.refreshToken());
            return noContent.build();
        }
        if (http.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            signOutActor();
            return noContent.build();
        }
        var refreshToken = SessionCookies.read(http, SessionCookies.REFRESH);
        if (refreshToken.isPresent()
                || SessionCookies.read(http, SessionCookies.ACCESS).isPresent()) {
            requireOwnPage(http);
        }
        refreshToken.ifPresent(sessions::signOut);
        signOutActor();
        return noContent.headers(AuthCookies.none(http)).build();
    }

    private void signOutActor() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Actor actor) {
            sessions.signOut(actor.sessionId());
        }
    }

    private static void requireOwnPage(HttpServletRequest http) {
        if (!CrossSiteGuard.ownPage(http)) {
            throw new ProblemException(ProblemType.CSRF, null);
        }
    }

    private static ResponseEntity<TokenAnswer> inBody(Sessions.Tokens tokens) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(TokenAnswer.of(tokens));
    }

    private static ResponseEntity<TokenAnswer> inCookies(Sessions.Tokens tokens, HttpServletRequest http) {
        return ResponseEntity.noContent()
                .cacheControl(CacheControl.noStore())
                .headers(AuthCookies.of(tokens, http))
                .build();
    }

    @GetMapping("/me")
    @PreAuthorize("isAuthenticated()")
    @Operation(operationId = "me", summary = "Who is signed in")
    @ApiResponse(responseCode = "200", description = "The account")
    ResponseEntity<Me> me(Actor actor) {
        var account = directory
                .find(actor.accountId())
                .orElseThrow(() -> new ProblemException(ProblemType.UNAUTHENTICATED, null));
        return ResponseEntity.ok()
                .eTag(Version.etag(account.version()))
                .cacheControl(CacheControl.noStore())
                .body(Me.of(account));
    }

    @PutMapping("/password")
    @PreAuthorize("isAuthenticated()")
    @Operation(operationId = "changePassword", summary = "Change the password; every other session ends")
    @ApiResponse(responseCode = "204", description = "Changed; refresh this session's tokens")
    ResponseEntity<Void> changePassword(
            @Valid @RequestBody PasswordRequest request, Actor actor, HttpServletRequest http) {
        throttle.signIn(http.getRemoteAddr());
        var receipt = administration.changePassword(
                actor, String.valueOf(request.currentPassword()), String.valueOf(request.newPassword()));
        return ResponseEntity.noContent()
                .headers(receipt.headers())
                .cacheControl(CacheControl.noStore())
                .build();
    }
}
