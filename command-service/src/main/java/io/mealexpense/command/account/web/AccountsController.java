package io.mealexpense.command.account.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.mealexpense.command.account.AccountView;
import io.mealexpense.command.account.Administration;
import io.mealexpense.command.account.Directory;
import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everybody's accounts, for those who run the system; auditors may look. */
@RestController
@RequestMapping("/api/v1/auth/accounts")
@Tag(name = "Accounts")
@ApiResponse(
        responseCode = "default",
        description = "Refused",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class AccountsController {

    @Schema(name = "Account")
    record AccountItem(
            @Schema(requiredMode = REQUIRED) UUID id,
            @Schema(requiredMode = REQUIRED) String email,
            @Schema(requiredMode = REQUIRED) String displayName,
            @Schema(requiredMode = REQUIRED) List<String> roles,

            @Schema(
                    requiredMode = REQUIRED,
                    allowableValues = {"pending", "active", "disabled"})
            String status,

            @Schema(requiredMode = REQUIRED) Instant registeredAt) {

        static AccountItem of(AccountView account) {
            return new AccountItem(
                    account.id(),
                    account.email(),
                    account.displayName(),
                    names(account.roles()),
                    account.status().code(),
                    account.registeredAt());
        }
    }

    @Schema(name = "Accounts")
    record Accounts(@Schema(requiredMode = REQUIRED) List<AccountItem> items) {}

    private final Directory directory;
    private final Administration administration;

    AccountsController(Directory directory, Administration administration) {
        this.directory = directory;
        this.administration = administration;
    }

    @GetMapping
    @PreAuthorize("hasAnyRole('ADMIN', 'AUDITOR')")
    @Operation(operationId = "listAccounts", summary = "Everybody, in the order of registration")
    @ApiResponse(responseCode = "200", description = "All accounts")
    ResponseEntity<Accounts> list() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Accounts(
                        directory.everybody().stream().map(AccountItem::of).toList()));
    }

    @PutMapping("/{id}/roles/{role}")
    @PreAuthorize("hasRole('ADMIN')")
    @Operation(operationId = "grantRole", summary = "Give an account a role")
    @ApiResponse(responseCode = "204", description = "It has the role")
    ResponseEntity<Void> grant(@PathVariable UUID id, @PathVariable Role role, Actor actor) {
        return done(administration.grant(id, role, actor));
    }

    @DeleteMapping("/{id}/roles/{role}")
    @PreAuthorize("hasRole('ADMIN')")
    @Operation(operationId = "revokeRole", summary = "Take a role from an account; not ADMIN from oneself")
    @ApiResponse(responseCode = "204", description = "It does not have the role")
    ResponseEntity<Void> revoke(@PathVariable UUID id, @PathVariable Role role, Actor actor) {
        return done(administration.revoke(id, role, actor));
    }

    @PutMapping("/{id}/disabled")
    @PreAuthorize("hasRole('ADMIN')")
    @Operation(operationId = "disableAccount", summary = "Let an account sign in no more; its sessions end")
    @ApiResponse(responseCode = "204", description = "It is disabled")
    ResponseEntity<Void> disable(@PathVariable UUID id, Actor actor) {
        return done(administration.disable(id, actor));
    }

    @DeleteMapping("/{id}/disabled")
    @PreAuthorize("hasRole('ADMIN')")
    @Operation(operationId = "enableAccount", summary = "Let a disabled account sign in again")
    @ApiResponse(responseCode = "204", description = "It is active")
    ResponseEntity<Void> enable(@PathVariable UUID id, Actor actor) {
        return done(administration.enable(id, actor));
    }

    private static ResponseEntity<Void> done(Receipt receipt) {
        return ResponseEntity.noContent()
                .headers(receipt.headers())
                .cacheControl(CacheControl.noStore())
                .build();
    }

    static List<String> names(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::name).toList();
    }
}
