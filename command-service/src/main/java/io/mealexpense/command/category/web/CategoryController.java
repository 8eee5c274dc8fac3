package io.mealexpense.command.category.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import com.fasterxml.uuid.Generators;
import io.mealexpense.command.category.CategoryCommand.AmendCategory;
import io.mealexpense.command.category.CategoryCommand.ArchiveCategory;
import io.mealexpense.command.category.CategoryCommand.CreateCategory;
import io.mealexpense.command.category.CategoryIcons;
import io.mealexpense.command.category.CategoryId;
import io.mealexpense.command.category.CategoryLook;
import io.mealexpense.command.category.CategoryRecorder;
import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.web.ClientMadeId;
import io.mealexpense.command.web.FreeText;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.version.Version;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Creates, renames, recolours and archives categories of the member who asks. */
@RestController
@RequestMapping("/api/v1/categories")
@PreAuthorize("hasRole('MEMBER')")
@Tag(name = "Categories")
@ApiResponse(
        responseCode = "default",
        description = "Refused",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class CategoryController {

    private static final String COLOUR = "#[0-9A-Fa-f]{6}";

    /**
     * @param id made by the client, so that sending it twice creates it once
     * @param icon one of the product's fixed set
     */
    @Schema(name = "NewCategory")
    record NewCategory(
            @Schema(format = "uuid") @Nullable UUID id,

            @Schema(requiredMode = REQUIRED) @NotNull @Size(min = 1, max = 60) @Nullable
            String name,

            @Schema(requiredMode = REQUIRED) @NotNull @Pattern(regexp = COLOUR) @Nullable
            String colour,

            @Schema(requiredMode = REQUIRED) @NotNull @Nullable
            String icon) {}

    /**
     * @param icon one of the product's fixed set
     */
    @Schema(name = "AmendedCategory")
    record AmendedCategory(
            @Schema(requiredMode = REQUIRED) @NotNull @Size(min = 1, max = 60) @Nullable
            String name,

            @Schema(requiredMode = REQUIRED) @NotNull @Pattern(regexp = COLOUR) @Nullable
            String colour,

            @Schema(requiredMode = REQUIRED) @NotNull @Nullable
            String icon) {}

    /** The category that was created. */
    @Schema(name = "CreatedCategory")
    record Created(
            @Schema(requiredMode = REQUIRED) UUID id,
            @Schema(requiredMode = REQUIRED) long version) {}

    private final Commands commands;
    private final CategoryRecorder recorder;

    CategoryController(Commands commands, CategoryRecorder recorder) {
        this.commands = commands;
        this.recorder = recorder;
    }

    @PostMapping
    @Operation(operationId = "createCategory", summary = "Create a category")
    @ApiResponse(responseCode = "201", description = "Created, or created before with the same id and look")
    ResponseEntity<Created> create(@Valid @RequestBody NewCategory request, Actor actor) {
        var given = request.id();
        if (given != null && !ClientMadeId.is(given)) {
            throw ProblemException.invalid("id", ClientMadeId.REFUSAL);
        }
        var look = look(request.name(), request.colour(), request.icon());
        var id = new CategoryId(
                given == null ? Generators.timeBasedEpochGenerator().generate() : given);
        var receipt = recorder.create(new CreateCategory(id, actor.accountId(), look), RequestContext.of(actor));
        return ResponseEntity.created(URI.create("/api/v1/categories/" + id))
                .headers(receipt.headers())
                .body(new Created(id.value(), receipt.version()));
    }

    @PutMapping("/{id}")
    @Operation(operationId = "amendCategory", summary = "Rename or recolour a category; expenses keep it")
    @ApiResponse(responseCode = "204", description = "Amended")
    ResponseEntity<Void> amend(
            @PathVariable UUID id,
            @Valid @RequestBody AmendedCategory request,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            Actor actor) {
        var look = look(request.name(), request.colour(), request.icon());
        var command = new AmendCategory(new CategoryId(id), actor, Version.required(ifMatch), look);
        return done(commands.send(id, command, RequestContext.of(actor)));
    }

    @DeleteMapping("/{id}")
    @Operation(operationId = "archiveCategory", summary = "Offer a category no longer; expenses keep it")
    @ApiResponse(responseCode = "204", description = "Archived")
    ResponseEntity<Void> archive(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            Actor actor) {
        var command = new ArchiveCategory(new CategoryId(id), actor, Version.required(ifMatch));
        return done(commands.send(id, command, RequestContext.of(actor)));
    }

    private static ResponseEntity<Void> done(Receipt receipt) {
        return ResponseEntity.noContent().headers(receipt.headers()).build();
    }

    private static CategoryLook look(@Nullable String name, @Nullable String colour, @Nullable String icon) {
        var normal = FreeText.normal(name);
        if (normal == null) {
            throw ProblemException.invalid("name", "is empty");
        }
        if (!CategoryIcons.NAMES.contains(String.valueOf(icon))) {
            throw ProblemException.invalid("icon", "is not one of the icons on offer");
        }
        return new CategoryLook(normal, String.valueOf(colour).toUpperCase(Locale.ROOT), String.valueOf(icon));
    }
}
